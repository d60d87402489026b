import Foundation
import MekikiCore
import Synchronization
import Testing

@testable import MekikiClients

/// A hub and a network with faults that pass: the model is whole in the end.
@Suite struct FaultyHubTests {
    private let weights = FakeRepository.model().files["model.safetensors"] ?? Data()

    /// A scene whose store answers as a test says.
    private func scene(_ fault: @escaping FakeHub.Fault) throws -> PullScene {
        try PullScene(FakeHub(fault: fault))
    }

    private func store(
        _ change: @escaping @Sendable (FakeRequest, inout FakeReply) -> Void
    ) -> FakeHub.Fault {
        { request in
            guard request.place == .store else { return nil }
            var reply = FakeStore(["": .model()]).answer(request)
            change(request, &reply)
            return reply
        }
    }

    private func expectWhole(
        _ scene: PullScene,
        _ model: PulledModel,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            scene.content("model.safetensors", model) == weights,
            sourceLocation: sourceLocation
        )
        #expect(
            !scene.paths().contains { $0.hasSuffix(".incomplete") },
            sourceLocation: sourceLocation
        )
        try scene.expectSound(sourceLocation: sourceLocation)
    }

    @Test func theTokenGoesToTheHubAlone() async throws {
        let scene = try PullScene(FakeHub(), token: "hf_secret")
        try expectWhole(scene, await scene.pull())
        let requests = scene.hub.requests
        #expect(requests.contains { $0.place == .hub && $0.method == "HEAD" })
        #expect(requests.allSatisfy { ($0.token == "Bearer hf_secret") == ($0.place == .hub) })
        #expect(scene.hub.storeRequests.count == 1)
    }

    @Test func aDroppedConnectionGoesOnWhereItBroke() async throws {
        let scene = try scene(
            store { request, reply in if request.earlier < 6 { reply.cutAfter = 40_000 } }
        )
        let model = try await scene.pull()
        try expectWhole(scene, model)
        let ranges = scene.hub.storeRequests.map(\.range)
        #expect(ranges.first == .some(nil))
        #expect(ranges.count == 7)
        #expect(ranges.dropFirst().allSatisfy { $0?.hasPrefix("bytes=") == true })
        #expect(model.fetchedBytes == model.bytes)
    }

    @Test func aLaterRunGoesOnWhereAnEarlierOneEnded() async throws {
        let scene = try scene(
            store { request, reply in
                if request.earlier == 0 { reply.cutAfter = 100_000 } else { reply = .failure(503) }
            }
        )
        #expect(try await scene.failure().code == .unavailable)
        let etag = FakeRepository.model().etag("model.safetensors")
        let kept = try #require(
            FileLength.of(scene.cache.blob("\(etag).incomplete", of: FakeHub.name))
        )
        #expect((1...100_000).contains(kept))
        #expect(!scene.paths().contains("refs/main"))
        #expect(scene.cache.model(FakeHub.name) == nil)
        scene.hub.change(nil)
        let model = try await scene.pull()
        try expectWhole(scene, model)
        #expect(scene.hub.storeRequests.last?.range == "bytes=\(kept)-")
        #expect(model.fetchedBytes == 300_000 - kept)
    }

    @Test func anEarlierRunsWrongBytesAreThrownAway() async throws {
        let scene = try PullScene(FakeHub())
        let etag = FakeRepository.model().etag("model.safetensors")
        try scene.folder.write(
            FakeRepository.noise(150_000, seed: 99),
            to: "hub/models--maker--model/blobs/\(etag).incomplete"
        )
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.storeRequests.map(\.range) == ["bytes=150000-", nil])
    }

    @Test func anEarlierRunMayHaveEndedJustBeforeTheLastStep() async throws {
        let scene = try PullScene(FakeHub())
        let etag = FakeRepository.model().etag("model.safetensors")
        try scene.folder.write(weights, to: "hub/models--maker--model/blobs/\(etag).incomplete")
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.storeRequests.isEmpty)
    }

    @Test func allOfItInsteadOfAPartStartsAnew() async throws {
        let whole = weights
        let scene = try scene(
            store { request, reply in
                if request.earlier == 0 {
                    reply.cutAfter = 120_000
                } else {
                    reply = FakeReply(body: whole)
                }
            }
        )
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.storeRequests.count == 2)
    }

    @Test func anotherPartThanAskedForStartsAnew() async throws {
        let whole = weights
        let scene = try scene(
            store { request, reply in
                switch request.earlier {
                case 0: reply.cutAfter = 120_000
                case 1:
                    reply.headers["Content-Range"] = "bytes 0-\(whole.count - 1)/\(whole.count)"
                    reply.body = whole
                default: break
                }
            }
        )
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.storeRequests.last?.range == nil)
    }

    @Test func aWrongHashIsFetchedOnceMore() async throws {
        let scene = try scene(
            store { request, reply in
                if request.earlier == 0 { reply.body = FakeRepository.noise(300_000, seed: 7) }
            }
        )
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.storeRequests.count == 2)
    }

    @Test func moreThanThereIsDoesNotStay() async throws {
        let whole = weights
        let scene = try scene(
            store { request, reply in if request.earlier == 0 { reply.body = whole + whole } }
        )
        try expectWhole(scene, await scene.pull())
    }

    @Test func smallFilesMayComeCompressed() async throws {
        let repository = FakeRepository.model()
        let scene = try scene { request in
            guard request.place == .hub, request.method == "GET",
                request.path.contains("/resolve/"),
                request.path.hasSuffix(".json"),
                let data = repository.files[String(request.path.split(separator: "/").last ?? "")]
            else { return nil }
            return FakeReply(
                headers: ["Content-Encoding": "gzip"],
                body: StoredGzip.encode(data),
                isChunked: true
            )
        }
        let model = try await scene.pull()
        try expectWhole(scene, model)
        #expect(scene.content("config.json", model) == repository.files["config.json"])
    }

    @Test func theListMayComeCompressed() async throws {
        let repository = FakeRepository.model()
        let scene = try scene { request in
            guard request.path.contains("/tree/") || request.path.contains("/revision/") else {
                return nil
            }
            #expect(request.headers["accept-encoding"] == "gzip")
            var reply = FakeHubRoutes(["maker/model": repository], 1000, hubPort: 0, storePort: 0)
                .answer(request)
            reply.headers["Content-Encoding"] = "gzip"
            reply.body = StoredGzip.encode(reply.body)
            return reply
        }
        try expectWhole(scene, await scene.pull())
    }

    @Test func tooManyRequestsAreWaitedFor() async throws {
        let scene = try scene { request in
            guard request.method == "HEAD", request.earlier == 0,
                request.path.hasSuffix("config.json")
            else { return nil }
            var reply = FakeReply.failure(429)
            reply.headers["Retry-After"] = "1"
            return reply
        }
        let (stream, continuation) = AsyncStream.makeStream(of: PullProgress.self)
        let start = ContinuousClock.now
        let model = try await scene.pull { continuation.yield($0) }
        #expect(ContinuousClock.now - start >= .seconds(1))
        continuation.finish()
        var delays: Set<String> = []
        for await progress in stream { if let delay = progress.delay { delays.insert(delay) } }
        #expect(delays == ["127.0.0.1 wants no more requests for 1 s"])
        try expectWhole(scene, model)
    }

    @Test(arguments: [408, 500, 502, 503, 504])
    func passingFaultsOfTheHubArePassedOver(status: Int) async throws {
        let scene = try scene { request in request.earlier < 2 ? .failure(status) : nil }
        try expectWhole(scene, await scene.pull())
    }

    @Test func aSlowStartIsWaitedFor() async throws {
        var scene = try scene { request in
            guard request.earlier == 0, request.path.contains("/revision/") else { return nil }
            var reply = FakeHubRoutes(["maker/model": .model()], 1000, hubPort: 0, storePort: 0)
                .answer(request)
            reply.delay = .milliseconds(600)
            return reply
        }
        scene.settings.timeout = .seconds(5)
        try expectWhole(scene, await scene.pull())
        #expect(scene.hub.requests.count { $0.path.contains("/revision/") } == 1)
    }

    @Test func silenceIsNotWaitedForForEver() async throws {
        var scene = try scene(
            store { request, reply in if request.earlier == 0 { reply.delay = .seconds(600) } }
        )
        // Long enough that a request which is answered is never given up on a busy machine.
        scene.settings.timeout = .seconds(15)
        let start = ContinuousClock.now
        try expectWhole(scene, await scene.pull())
        // Far more than it takes, because other tests may keep the machine busy meanwhile.
        #expect(ContinuousClock.now - start < .seconds(300))
        #expect(scene.hub.storeRequests.count == 2)
    }

    @Test func anAddressThatIsNotValidAnyMoreIsAskedForAgain() async throws {
        let scene = try scene(
            store { request, reply in if request.earlier == 0 { reply = .failure(403) } }
        )
        try expectWhole(scene, await scene.pull())
        let heads = scene.hub.requests.filter {
            $0.method == "HEAD" && $0.path.hasSuffix("model.safetensors")
        }
        #expect(heads.count == 2)
    }

    @Test func redirectsWithinTheHubAreFollowed() async throws {
        let repository = FakeRepository.model()
        let scene = try scene { request in
            guard request.path.hasPrefix("/maker/old/") || request.path.contains("/maker/old/")
            else {
                return nil
            }
            return FakeReply(
                status: 307,
                headers: ["Location": request.uri.replacing("/maker/old/", with: "/maker/model/")]
            )
        }
        let old = try #require(RepositoryName("maker/old"))
        let model = try await scene.pull(old)
        #expect(scene.content("model.safetensors", model) == repository.files["model.safetensors"])
        #expect(scene.cache.model(old)?.isComplete == true)
    }

    @Test func whatWasStoppedGoesOn() async throws {
        let scene = try scene(store { _, reply in reply.trickle = 3000 })
        // Stopped from where the bytes come: whoever looks now and then may look too late.
        let running = Mutex<Task<PulledModel, any Error>?>(nil)
        let task = Task {
            try await scene.pull { progress in
                if progress.done > 50_000 { running.withLock { $0?.cancel() } }
            }
        }
        running.withLock { $0 = task }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(scene.paths().contains { $0.hasSuffix(".incomplete") })
        scene.hub.change(nil)
        let model = try await scene.pull()
        try expectWhole(scene, model)
        #expect(scene.hub.storeRequests.last?.range != nil)
        #expect(model.fetchedBytes < 260_000)
    }
}
