import Foundation
import MekikiCore
import Testing

@testable import MekikiClients

/// A hub that does what it should.
@Suite struct PullTests {
    @Test func whatAModelNeedsIsFetchedAndNothingElse() async throws {
        let repository = FakeRepository.model()
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let model = try await scene.pull()
        let wanted = [
            "config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json",
        ]
        #expect(SnapshotFiles(model.folder).paths == wanted)
        for path in wanted { #expect(scene.content(path, model) == repository.files[path]) }
        #expect(model.files == 4)
        #expect(model.bytes == wanted.reduce(0) { $0 + Int64(repository.files[$1]?.count ?? 0) })
        #expect(model.fetchedBytes == model.bytes)
        #expect(scene.cache.model(FakeHub.name)?.isComplete == true)
        try scene.expectSound()
    }

    @Test func theCacheIsLaidOutAsPythonsClientDoesIt() async throws {
        let repository = FakeRepository.model()
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        try await scene.pull()
        let place = scene.cache.place(of: FakeHub.name)
        #expect(place.lastPathComponent == "models--maker--model")
        let reference = try Data(contentsOf: place.appending(path: "refs/main"))
        #expect(reference == Data(repository.commit.utf8))
        let link = place.appending(path: "snapshots/\(repository.commit)/model.safetensors")
        let etag = repository.etag("model.safetensors")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
                == "../../blobs/\(etag)"
        )
        let tag = try String(
            contentsOf: scene.cache.folder.appending(path: "CACHEDIR.TAG"),
            encoding: .utf8
        )
        #expect(tag.hasPrefix("Signature: 8a477f597d28d172789f06886806bc55\n"))
        let absent = place.appending(path: ".no_exist/\(repository.commit)/vocab.txt")
        #expect(try Data(contentsOf: absent).isEmpty)
        #expect(!scene.paths().contains { $0.hasSuffix(".incomplete") })
    }

    @Test func aFileInAFolderIsLinkedFromThere() async throws {
        var repository = FakeRepository.model()
        repository.files["1_Pooling/config.json"] = Data(
            #"{"pooling_mode_mean_tokens": true}"#.utf8
        )
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let model = try await scene.pull()
        let link = model.folder.appending(path: "1_Pooling/config.json")
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
        #expect(target == "../../../blobs/\(repository.etag("1_Pooling/config.json"))")
        #expect(scene.content("1_Pooling/config.json", model)?.isEmpty == false)
    }

    @Test func aSecondPullFetchesNothing() async throws {
        let scene = try PullScene(FakeHub())
        let first = try await scene.pull()
        let asked = scene.hub.requests.count
        let second = try await scene.pull()
        #expect(second.folder == first.folder)
        #expect(second.bytes == first.bytes)
        #expect(second.fetchedBytes == 0)
        // The revision and the list: no file was asked for.
        #expect(scene.hub.requests.count == asked + 2)
    }

    @Test func anotherCommitFetchesOnlyWhatChanged() async throws {
        var repository = FakeRepository.model()
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let old = try await scene.pull()
        repository.commit = String(repeating: "b2", count: 20)
        repository.files["config.json"] = Data(#"{"model_type": "clip", "new": 1}"#.utf8)
        scene.hub.change("maker/model", repository)
        let new = try await scene.pull()
        #expect(new.commit == repository.commit)
        #expect(new.fetchedBytes == 32)
        #expect(scene.cache.model(FakeHub.name)?.commit == repository.commit)
        #expect(scene.content("config.json", old)?.count == 22)
        try scene.expectSound()
    }

    @Test func aRevisionHasANameOfItsOwn() async throws {
        var repository = FakeRepository.model()
        repository.tags = ["refs/pr/1"]
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        try await scene.pull(revision: "refs/pr/1")
        #expect(scene.cache.model(FakeHub.name) == nil)
        #expect(scene.cache.model(FakeHub.name, revision: "refs/pr/1")?.isComplete == true)
        #expect(scene.cache.model(FakeHub.name, revision: repository.commit)?.isComplete == true)
        #expect(scene.hub.requests.first?.uri.hasSuffix("/revision/refs%2Fpr%2F1") == true)
    }

    @Test func theListMayHaveManyPages() async throws {
        let scene = try PullScene(FakeHub(pageSize: 3))
        let model = try await scene.pull()
        #expect(model.files == 4)
        #expect(scene.hub.requests.count { $0.path.contains("/tree/") } == 3)
    }

    @Test func weightsInPartsAreFetchedByTheirList() async throws {
        var repository = FakeRepository.model()
        repository.files["model.safetensors"] = nil
        for part in 1...3 {
            let name = "model-0000\(part)-of-00003.safetensors"
            repository.files[name] = FakeRepository.noise(40_000, seed: UInt64(part))
            repository.large.insert(name)
        }
        repository.files["model.safetensors.index.json"] = Data(
            """
            {"weight_map": {"a": "model-00001-of-00003.safetensors",
             "b": "model-00002-of-00003.safetensors", "c": "model-00003-of-00003.safetensors"}}
            """.utf8
        )
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let model = try await scene.pull()
        #expect(model.files == 7)
        #expect(SnapshotFiles(model.folder).isComplete)
        try FileManager.default.removeItem(
            at: model.folder.appending(path: "model-00002-of-00003.safetensors")
        )
        #expect(!SnapshotFiles(model.folder).isComplete)
    }

    @Test func aPickleIsFetchedOnlyWhereThereIsNothingElse() async throws {
        var repository = FakeRepository.model()
        repository.files["model.safetensors"] = nil
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let model = try await scene.pull()
        #expect(scene.content("pytorch_model.bin", model)?.count == 5000)
        #expect(scene.cache.model(FakeHub.name)?.isComplete == true)
    }

    @Test func aTokenizerIsBorrowedWhereTheModelHasNone() async throws {
        var repository = FakeRepository.model()
        repository.files["tokenizer.json"] = nil
        repository.files["config.json"] = Data(#"{"model_type": "clyp"}"#.utf8)
        var lender = FakeRepository()
        lender.commit = String(repeating: "c3", count: 20)
        lender.files = [
            "spiece.model": FakeRepository.noise(1000), "config.json": Data("{}".utf8),
            "pytorch_model.bin": FakeRepository.noise(9000),
        ]
        let hub = try FakeHub(["maker/model": repository, "rinna/japanese-roberta-base": lender])
        let scene = try PullScene(hub)
        try await scene.pull()
        let cached = try #require(scene.cache.model(FakeHub.name))
        #expect(cached.isComplete)
        let folder = try #require(cached.tokenizerFolder)
        #expect(SnapshotFiles(folder).paths == ["spiece.model"])
    }

    @Test func progressEndsAtTheTotal() async throws {
        let scene = try PullScene(FakeHub())
        let (stream, continuation) = AsyncStream.makeStream(of: PullProgress.self)
        let model = try await scene.pull { continuation.yield($0) }
        continuation.finish()
        var all: [PullProgress] = []
        for await progress in stream { all.append(progress) }
        #expect(all.last?.done == model.bytes)
        #expect(all.last?.total == model.bytes)
        #expect(all.count > 4)
        #expect(all.allSatisfy { $0.done <= model.bytes })
    }

    @Test func twoAtOnceFetchEachContentOnce() async throws {
        let hub = try FakeHub { request in
            guard request.place == .store else { return nil }
            var reply = FakeStore(["": .model()]).answer(request)
            reply.trickle = 30_000
            return reply
        }
        let scene = try PullScene(hub)
        async let one = scene.pull()
        async let other = scene.pull()
        let models = try await [one, other]
        #expect(models[0].folder == models[1].folder)
        #expect(hub.storeRequests.count == 1)
        try scene.expectSound()
    }
}
