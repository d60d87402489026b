import Foundation
import MekikiCore
import Testing

@testable import MekikiClients

/// A pull that can't end well ends with one sentence, and with nothing bad in the cache.
@Suite struct RefusalTests {
    private func expectNoModel(
        _ scene: PullScene,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(scene.cache.model(FakeHub.name) == nil, sourceLocation: sourceLocation)
        #expect(!scene.paths().contains("refs/main"), sourceLocation: sourceLocation)
        try scene.expectSound(sourceLocation: sourceLocation)
    }

    @Test func aWrongHashTwiceIsRefused() async throws {
        let scene = try PullScene(
            FakeHub { request in
                guard request.place == .store else { return nil }
                return FakeReply(body: FakeRepository.noise(300_000, seed: 7))
            }
        )
        let error = try await scene.failure()
        #expect(error.code == .badData)
        #expect(error.subject == "maker/model/model.safetensors")
        #expect(error.message.contains("arrived damaged twice"))
        let etag = FakeRepository.model().etag("model.safetensors")
        #expect(!scene.paths().contains { $0.contains(etag) })
        try expectNoModel(scene)
    }

    @Test func aSmallFilesHashCountsToo() async throws {
        let scene = try PullScene(
            FakeHub { request in
                guard request.method == "GET", request.path.hasSuffix("/config.json") else {
                    return nil
                }
                return FakeReply(body: Data(#"{"model_type": "evil"}"#.utf8))
            }
        )
        #expect(try await scene.failure().code == .badData)
        try expectNoModel(scene)
    }

    @Test func aGatedModelNamesThePageToOpen() async throws {
        var repository = FakeRepository.model()
        repository.gate = "hf_granted"
        let hub = try FakeHub(["maker/model": repository])
        let stranger = try await PullScene(hub).failure()
        #expect(stranger.code == .configuration)
        #expect(
            stranger.message.contains("Open \(hub.endpoint)/maker/model, accept them, make a token")
        )
        #expect(stranger.message.contains("HF_TOKEN"))
        let scene = try PullScene(hub, token: "hf_other")
        let known = try await scene.failure()
        #expect(known.message.contains("accept them with the account of HF_TOKEN"))
        #expect(!known.description.contains("hf_other"))
        try expectNoModel(scene)
        #expect(try await PullScene(hub, token: "hf_granted").pull().files == 4)
    }

    @Test func whatIsNotThereIsSaid() async throws {
        let scene = try PullScene(FakeHub())
        let nothing = try await scene.failure(#require(RepositoryName("maker/nothing")))
        #expect(nothing.code == .noInput)
        #expect(nothing.description.hasPrefix("maker/nothing: 127.0.0.1 has no such model."))
        let revision = try await scene.failure(revision: "v9")
        #expect(revision.code == .noInput)
        #expect(revision.message.contains("no revision “v9”"))
        #expect(try await scene.failure(revision: "../../etc").code == .usage)
        let bad = try PullScene(
            FakeHub { _ in .failure(401, nil, "Invalid credentials in Authorization header") },
            token: "hf_wrong"
        )
        let token = try await bad.failure()
        #expect(token.code == .configuration)
        #expect(token.message.contains("does not know the token"))
    }

    @Test func aRefusalHasItsReason() async throws {
        let scene = try PullScene(
            FakeHub { _ in .failure(403, nil, "Access to this resource is disabled.") }
        )
        let error = try await scene.failure()
        #expect(error.code == .configuration)
        #expect(error.message.contains("refuses access: Access to this resource is disabled."))
    }

    @Test func waitingForAnHourIsLeftToThePerson() async throws {
        let scene = try PullScene(
            FakeHub { _ in
                var reply = FakeReply.failure(429)
                reply.headers["Retry-After"] = "3600"
                return reply
            }
        )
        let error = try await scene.failure()
        #expect(error.code == .unavailable)
        #expect(error.message.contains("wants no more requests for 3600 s"))
        #expect(scene.hub.requests.count == 1)
    }

    @Test func aHubThatIsDownIsAskedFiveTimes() async throws {
        let scene = try PullScene(FakeHub { _ in .failure(503) })
        let error = try await scene.failure()
        #expect(error.code == .unavailable)
        #expect(error.message.contains("a fault of its own (503)"))
        #expect(scene.hub.requests.count == 5)
    }

    @Test func nobodyListening() async throws {
        var scene = try PullScene(FakeHub())
        scene.settings.endpoint = try #require(URL(string: "http://127.0.0.1:1"))
        let error = try await scene.failure()
        #expect(error.code == .unavailable)
        #expect(error.message.contains("127.0.0.1 can't be reached (Connection refused)"))
    }

    @Test func aConnectionThatNeverBringsAnythingEnds() async throws {
        let scene = try PullScene(
            FakeHub { request in
                guard request.place == .store else { return nil }
                return FakeReply(body: FakeRepository.noise(300_000), cutAfter: 0)
            }
        )
        let error = try await scene.failure()
        #expect(error.code == .unavailable)
        #expect(error.subject == "maker/model/model.safetensors")
        #expect(scene.hub.storeRequests.count == 5)
        try expectNoModel(scene)
    }

    @Test func whatIsNoHubIsNotTrusted() async throws {
        let page = try PullScene(FakeHub { _ in FakeReply(body: Data("<html>Log in</html>".utf8)) })
        #expect(try await page.failure().message.contains("does not answer as a model hub does"))
        let half = try PullScene(
            FakeHub { $0.method == "HEAD" ? FakeReply(headers: ["ETag": "\"x\""]) : nil }
        )
        #expect(try await half.failure().message.contains("X-Repo-Commit"))
    }

    @Test(arguments: ["../../../../escaped", "/escaped", ".hidden", "a\\b", ""])
    func aContentsNameFromTheNetworkIsNotTrusted(etag: String) async throws {
        let commit = FakeRepository.model().commit
        let scene = try PullScene(
            FakeHub { request in
                guard request.method == "HEAD" else { return nil }
                return FakeReply(
                    headers: [
                        "X-Repo-Commit": commit, "ETag": "\"\(etag)\"", "Content-Length": "22",
                    ]
                )
            }
        )
        #expect(try await scene.failure().code == .unavailable)
        #expect(!scene.paths().contains { $0.hasPrefix("blobs/") })
        #expect(!FileManager.default.fileExists(atPath: scene.folder.file("escaped").path))
    }

    @Test(arguments: ["../../escaped.safetensors", "/escaped.safetensors", "run.py"])
    func aPartsNameFromTheNetworkIsNotTrusted(name: String) async throws {
        var repository = FakeRepository.model()
        repository.files["model.safetensors"] = nil
        repository.files[name] = FakeRepository.noise(100)
        repository.files["model.safetensors.index.json"] = try JSONSerialization.data(
            withJSONObject: ["weight_map": ["a": name]]
        )
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let error = try await scene.failure()
        #expect(error.code == .badData)
        #expect(error.message.contains("“\(name)”, which is no file of the model"))
        try expectNoModel(scene)
    }

    @Test func aMissingPartIsNamed() async throws {
        var repository = FakeRepository.model()
        repository.files["model.safetensors"] = nil
        repository.files["model.safetensors.index.json"] = Data(
            #"{"weight_map": {"a": "model-00001-of-00001.safetensors"}}"#.utf8
        )
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        #expect(
            try await scene.failure().message.contains(
                "model-00001-of-00001.safetensors is missing"
            )
        )
        try expectNoModel(scene)
    }

    @Test func whatIsOfNoUseIsNotFetched() async throws {
        let scene = try PullScene(FakeHub())
        let hub = ModelHub(scene.settings)
        let error = await #expect(throws: MekikiError.self) {
            try await hub.pull(FakeHub.name) { folder in
                #expect(SnapshotFiles(folder).paths.contains("config.json"))
                throw MekikiError(.configuration, "Not this one.")
            }
        }
        #expect(error?.message == "Not this one.")
        #expect(scene.hub.storeRequests.isEmpty)
        try expectNoModel(scene)
    }

    @Test func whatHasNoTokenizerIsSaidBeforeItsWeightsCome() async throws {
        var repository = FakeRepository.model()
        repository.files["tokenizer.json"] = nil
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        let error = try await scene.failure()
        #expect(error.code == .badData)
        #expect(error.message.hasPrefix("The model has no tokenizer that Mekiki can read"))
        #expect(scene.hub.storeRequests.isEmpty)
        try expectNoModel(scene)
    }

    @Test func whatHasNoWeightsIsNoModel() async throws {
        var repository = FakeRepository()
        repository.files = ["config.json": Data("{}".utf8), "README.md": Data("Hi".utf8)]
        let scene = try PullScene(FakeHub(["maker/model": repository]))
        #expect(try await scene.failure().code == .badData)
    }

    @Test func aDiskWithTooLittleRoomIsToldBeforehand() async throws {
        let scene = try PullScene(FakeHub())
        let hub = ModelHub(scene.settings, freeSpace: { _ in 10_000 })
        let error = await #expect(throws: MekikiError.self) { try await hub.pull(FakeHub.name) }
        #expect(error?.code == .inputOutput)
        #expect(error?.message.contains("10 kB are free") == true)
        #expect(scene.hub.storeRequests.isEmpty)
        try expectNoModel(scene)
    }

    @Test func offlineNothingIsAsked() async throws {
        var scene = try PullScene(FakeHub())
        scene.settings.isOffline = true
        let error = try await scene.failure()
        #expect(error.code == .configuration)
        #expect(error.message.contains("HF_HUB_OFFLINE"))
        #expect(scene.hub.requests.isEmpty)
        scene.settings.isOffline = false
        try await scene.pull()
        let asked = scene.hub.requests.count
        scene.settings.isOffline = true
        let model = try await scene.pull()
        #expect(model.files == 4)
        #expect(model.fetchedBytes == 0)
        #expect(scene.hub.requests.count == asked)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() async throws {
        var scene = try PullScene(FakeHub())
        // A file where a folder is needed: it stops root too.
        scene.settings.cache = try scene.folder.write(Data(), to: "file").appending(path: "hub")
        let error = try await scene.failure()
        #expect(error.subject?.contains("/file/hub") == true)
        #expect(error.message.contains("HF_HOME"))
    }
}
