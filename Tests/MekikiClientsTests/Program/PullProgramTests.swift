import Foundation
import MekikiCore
import Testing

@testable import MekikiClients

/// `mekiki models pull` from outside.
@Suite(.serialized) struct PullProgramTests {
    private let trickling: FakeHub.Fault = { request in
        guard request.place == .store else { return nil }
        var reply = FakeStore(["": .model()]).answer(request)
        reply.trickle = 1500
        return reply
    }

    /// Contents that are not what their names say, and names that lead nowhere.
    private func faults(in cache: URL) throws -> [String] {
        let place = cache.appending(path: "models--maker--model")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: place.path)) ?? []
        return try names.filter { name in
            let file = place.appending(path: name)
            if name.hasPrefix("blobs/"), !name.hasSuffix(".incomplete") {
                let data = try Data(contentsOf: file)
                let hashes = [FakeRepository.sha256(data), FakeRepository.gitBlob(data)]
                return !hashes.contains(file.lastPathComponent)
            }
            return name.hasPrefix("snapshots/")
                && !FileManager.default.fileExists(atPath: file.path)
        }
    }

    @Test func killedAtAnyMomentItGoesOn() async throws {
        let program = try PullProgram(FakeHub(fault: trickling))
        var delays = [20, 60, 120, 200, 300, 400, 500, 600]
        while !delays.isEmpty {
            let delay = Duration.milliseconds(delays.removeFirst())
            let outcome = try await program.run("models", "pull", "maker/model", killedAfter: delay)
            // What `timeout` ends with: the signal's number, or 128 more.
            #expect([SIGKILL, 128 + SIGKILL].contains(outcome.status))
            #expect(try faults(in: program.cache).isEmpty)
            #expect(HubCache(program.cache).model(FakeHub.name)?.isComplete != true)
            // On a busy machine the program hardly starts in these times.
            if delays.isEmpty, starts(program).isEmpty, delay < .seconds(10) {
                delays.append(Int(delay / .milliseconds(1)) * 2)
            }
        }
        // Later runs went on where earlier ones were killed.
        let starts = starts(program)
        #expect(starts == starts.sorted())
        #expect(try #require(starts.last) > 0)
        program.hub.change(nil)
        let last = try await program.run("models", "pull", "maker/model", "--json")
        #expect(last.status == 0)
        #expect(try faults(in: program.cache).isEmpty)
        #expect(HubCache(program.cache).model(FakeHub.name)?.isComplete == true)
        let document = try #require(last.documents.first)
        let fetched = try #require(document["fetchedBytes"] as? Int)
        let bytes = try #require(document["bytes"] as? Int)
        #expect(fetched < bytes)
        #expect(document["files"] as? Int == 4)
    }

    /// Where the downloads of parts began.
    private func starts(_ program: PullProgram) -> [Int] {
        program.hub.storeRequests.compactMap { request in
            request.range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
        }
    }

    @Test func whatWasDoneIsSaid() async throws {
        let program = try PullProgram(FakeHub())
        let first = try await program.run("models", "pull", "maker/model")
        #expect(first.status == 0)
        #expect(first.output.hasPrefix("Fetched maker/model: 4 files, 300 kB.\n  "))
        let second = try await program.run("models", "pull", "maker/model")
        #expect(second.output.hasPrefix("maker/model is here: 4 files, 300 kB.\n"))
        #expect(second.errors.isEmpty || second.errors.contains(" of "))
        let quiet = try await program.run("models", "pull", "maker/model", "--quiet")
        #expect(quiet.output.isEmpty)
        #expect(quiet.errors.isEmpty)
    }

    @Test func aDiskThatRunsFullIsSaidAndGoneOnFrom() async throws {
        let program = try PullProgram(FakeHub())
        let full = try await program.run("models", "pull", "maker/model", limit: 100)
        #expect(full.status == 74)
        #expect(full.errors.contains("The disk is full."))
        #expect(try faults(in: program.cache).isEmpty)
        let again = try await program.run("models", "pull", "maker/model")
        #expect(again.status == 0)
        #expect(program.hub.storeRequests.last?.range == "bytes=102400-")
        #expect(try faults(in: program.cache).isEmpty)
    }

    @Test func errorsHaveASentenceAndAStatus() async throws {
        var gated = FakeRepository.model()
        gated.gate = "hf_granted"
        let program = try PullProgram(FakeHub(["maker/gated": gated]))
        let absent = try await program.run("models", "pull", "maker/nothing")
        #expect(absent.status == 66)
        #expect(absent.errors.hasPrefix("mekiki: maker/nothing: 127.0.0.1 has no such model."))
        let closed = try await program.run("models", "pull", "maker/gated", token: "hf_stranger")
        #expect(closed.status == 78)
        #expect(closed.errors.contains("Open \(program.hub.endpoint)/maker/gated,"))
        #expect(!closed.errors.contains("hf_stranger"))
        let open = try await program.run("models", "pull", "maker/gated", token: "hf_granted")
        #expect(open.status == 0)
        let wrong = try await program.run("models", "pull", "nonsense")
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("Presets: multilingual, ja,"))
    }

    @Test func aKindThatMekikiDoesNotRunIsSaidBeforeItsWeightsCome() async throws {
        var repository = FakeRepository.model()
        repository.files["config.json"] = Data(#"{"model_type": "bloom"}"#.utf8)
        let program = try PullProgram(FakeHub(["maker/model": repository]))
        let outcome = try await program.run("models", "pull", "maker/model")
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("The model type 'bloom' is not supported. Supported: "))
        #expect(program.hub.storeRequests.isEmpty)
    }

    @Test func whatWasFetchedIsListedAndUsedByItsName() async throws {
        var repository = FakeRepository.model()
        repository.files["config.json"] = Data(#"{"model_type": "clip"}"#.utf8)
        let program = try PullProgram(FakeHub(["openai/clip-vit-base-patch32": repository]))
        let before = try await program.run("models", "list", "--json")
        #expect(presence(before) == "absent")
        let unknown = try await program.run("embed", "--text", "猫", "--model", "openai")
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("`mekiki models pull openai`"))
        #expect(try await program.run("models", "pull", "openai").status == 0)
        let after = try await program.run("models", "list", "--json")
        #expect(presence(after) == "here")
        // The files are no real model, which is said of the folder in the cache.
        let used = try await program.run("embed", "--text", "猫", "--model", "openai")
        #expect(used.status == 65 || used.status == 66 || used.status == 78)
        #expect(used.errors.contains("models--openai--clip-vit-base-patch32"))
    }

    private func presence(_ outcome: PullProgram.Outcome) -> String? {
        outcome.documents.first { $0["name"] as? String == "openai" }?["presence"] as? String
    }
}
