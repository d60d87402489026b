import Foundation
import MekikiTesting
import Testing

/// Two models on one library, from outside; Scripts/faults/switch.py does it under load.
@Suite(.serialized) struct SwitchTests {
    private let program: BuiltProgram
    private let second: URL
    private let images: URL

    init() throws {
        program = try BuiltProgram()
        second = program.folder.file("second")
        try SecondModel.make(in: second, dimension: 64)
        images = try program.copySamples(8)
        let indexed = try program.run("index", "--quiet", images.path)
        try #require(indexed.status == 0, "\(indexed.errors)")
    }

    private func models() throws -> [String: [String: Any]] {
        let list = try program.run("models", "list", "--json").documents
            .filter { $0["vectors"] != nil }
        return Dictionary(
            list.compactMap { row in (row["name"] as? String).map { ($0, row) } },
            uniquingKeysWith: { $1 }
        )
    }

    private func scores(_ arguments: String...) throws -> [Double] {
        let outcome = try program.run(["search", "--json", "-q", "猫", "-n", "8"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let hits = outcome.documents.first?["hits"] as? [[String: Any]] ?? []
        return hits.compactMap {
            ($0["reasons"] as? [[String: Any]])?.first?["score"] as? Double
        }
    }

    @Test func anotherModelTakesItsPlaceAndTheFirstComesBack() throws {
        let first = try scores()
        let used = try program.run("models", "use", second.path)
        #expect(used.status == 0, "\(used.errors)")
        #expect(used.output.contains("The library answers with second now. 8 vectors made."))
        let both = try models()
        #expect(both["second"]?["isCurrent"] as? Bool == true)
        #expect(both["starter"]?["vectors"] as? Int == 8)
        let other = try scores()
        #expect(other.count == 8)
        #expect(other != first)
        // The default of the program is nothing to this library, and --model goes before it.
        #expect(try scores("--model", second.path) == other)
        #expect(try scores("--model", "starter") == first)
        let told = try program.run("search", "猫")
        #expect(told.errors.contains("Model second (the library's own"))

        #expect(try program.run("models", "use", "starter").status == 0)
        #expect(try scores() == first)
        #expect(try program.run("models", "forget", "starter").status == 64)
        let forgotten = try program.run("models", "forget", second.path)
        #expect(forgotten.output.hasPrefix("Forgot 8 vectors"), "\(forgotten.errors)")
        #expect(try models().keys.sorted() == ["starter"])
        #expect(try program.run("doctor", "--json").output.contains(#""catalogIsSound":true"#))
    }

    @Test func aChangeThatWasKilledIsCompletedByTheNextRun() throws {
        for index in 0..<400 {
            let name = try #require(BuiltProgram.sampleFiles().first)
            var data = try Data(contentsOf: name)
            data.append(Data("\(index)".utf8))
            try data.write(to: images.appending(path: "\(index).\(name.pathExtension)"))
        }
        #expect(try program.run("index", "--quiet", images.path).status == 0)
        let running = try program.start("models", "use", second.path)
        for _ in 0..<2000 {
            if (try models()["second"]?["vectors"] as? Int ?? 0) > 0 { break }
        }
        running.end(SIGKILL)
        let between = try models()
        // Where the machine was so quick that nothing was left to kill, there is nothing to go on with.
        if between["second"]?["isCurrent"] as? Bool == true { return }
        #expect(between["second"]?["isPending"] as? Bool == true)
        #expect(between["starter"]?["isCurrent"] as? Bool == true)
        let reached = between["second"]?["vectors"] as? Int ?? 0
        #expect((1..<408).contains(reached))
        let list = try program.run("models", "list").output
        #expect(list.contains("filling, \(reached) of 408 images"))
        let next = try program.run("index", "--json", images.path)
        #expect(next.documents.first?["filled"] as? Int == 408 - reached)
        #expect((next.documents.first?["switchedTo"] as? String)?.hasPrefix("second@") == true)
        let after = try models()
        #expect(after["second"]?["isCurrent"] as? Bool == true)
        #expect(after["starter"]?["vectors"] as? Int == 408)
    }

    @Test func aRunWithAnotherModelChangesNothingSilently() throws {
        let outcome = try program.run("index", "--json", images.path, "--model", second.path)
        #expect(outcome.documents.first?["filled"] as? Int == 8)
        #expect(outcome.errors.contains("The library answers with starter"))
        #expect(try models()["starter"]?["isCurrent"] as? Bool == true)

        let compared = try program.run("compare", "猫", "-n", "4", "--json")
        let answers = try #require(compared.documents.first?["answers"] as? [[String: Any]])
        #expect(answers.map { $0["model"] as? String } == ["starter", "second"])
        let table = try program.run("compare", "猫", "-n", "4", "--model", "second")
        let lines = table.output.split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.first?.hasPrefix("second") == true)
        #expect(lines.dropFirst().prefix(4).allSatisfy { $0.contains(" │ ") })
    }

    @Test func aModelWhoseFilesChangedIsNotTakenForTheOldOne() throws {
        #expect(try program.run("models", "use", second.path).status == 0)
        try FileManager.default.removeItem(at: second)
        let gone = try program.run("search", "cat")
        #expect(gone.status == 78)
        #expect(gone.errors.contains("not at hand"))
        try SecondModel.make(in: second, dimension: 32)
        let changed = try program.run("search", "cat")
        #expect(changed.status == 78)
        #expect(changed.errors.contains("have changed"))
        #expect(try program.run("search", "cat", "--model", "starter").status == 0)
        #expect(try program.run("models", "use", second.path).status == 0)
        #expect(try scores().count == 8)
        #expect(try program.run("models", "forget", "second").status == 64)
    }

    @Test func imagesWhoseFilesAreGoneAreSaid() throws {
        let file = try #require(FileManager.default.contentsOfDirectory(atPath: images.path).first)
        try FileManager.default.removeItem(at: images.appending(path: file))
        let outcome = try program.run("models", "use", second.path)
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("1 image can't be encoded"))
        #expect(try models()["starter"]?["isCurrent"] as? Bool == true)
        #expect(try program.run("models", "use", second.path, "--incomplete").status == 0)
        #expect(try models()["second"]?["isCurrent"] as? Bool == true)
        #expect(try models()["second"]?["vectors"] as? Int == 7)
    }

    @Test func aModelCanBeChosenBeforeTheFirstRun() throws {
        let fresh = try BuiltProgram()
        let used = try fresh.run("models", "use", second.path)
        #expect(used.output == "The library answers with second.\n")
        #expect(try fresh.run("index", "--quiet", images.path).status == 0)
        let list = try fresh.run("models", "list", "--json").documents
            .filter { $0["vectors"] != nil }
        #expect(list.first?["name"] as? String == "second")
        #expect(list.first?["vectors"] as? Int == 8)
        #expect(try fresh.run("models", "use", "/no/such/folder").status == 66)
    }
}
