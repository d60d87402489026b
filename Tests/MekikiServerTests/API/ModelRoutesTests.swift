import Foundation
import HTTPTypes
import MekikiKit
import MekikiTesting
import Testing

@testable import MekikiServer

/// A server whose library changes its model.
@Suite struct ModelRoutesTests {
    private static let images = [
        ("cat.png", FakeImage("red cat")), ("dog.png", FakeImage("red dog")),
        ("sea.png", FakeImage("blue sea")),
    ]

    /// A server that finds models called `next` and `small`, and goes with its library.
    private func bench(following: Bool = true) async throws -> ServerBench {
        let models = [FakeEncoder(model: "next"), FakeEncoder(model: "small", dimension: 8)]
        return try await ServerBench(Self.images, models: following ? models : nil)
    }

    private func use(_ name: String, _ bench: ServerBench) async throws -> ServerBench.Reply {
        try await bench.ask(
            "/api/v1/models/current",
            method: .put,
            headers: ["Content-Type": "application/json"],
            body: try JSONEncoder().encode(["model": name])
        )
    }

    private func answering(_ bench: ServerBench) async throws -> String? {
        let json = try await bench.ask("/api/v1/models").json
        return (json["answering"] as? [String: Any])?["model"] as? String
    }

    /// Waits until the server answers with a model; every search before must succeed.
    private func wait(for name: String, _ bench: ServerBench) async throws {
        for _ in 0..<1000 {
            let reply = try await bench.ask("/api/v1/search?q=red+cat&limit=1")
            #expect(reply.status == .ok)
            #expect(reply.json["total"] as? Int == 3)
            if try await answering(bench) == name { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("The server does not answer with \(name).")
    }

    @Test func modelsAreListed() async throws {
        let bench = try await bench()
        let json = try await bench.ask("/api/v1/models").json
        let model = try #require((json["models"] as? [[String: Any]])?.first)
        #expect(model["model"] as? String == "fake")
        #expect(model["role"] as? String == "image")
        #expect(model["vectors"] as? Int == 3)
        #expect(model["lacking"] as? Int == 0)
        #expect(model["isCurrent"] as? Bool == true)
        #expect(model["isPending"] as? Bool == false)
        #expect(json["filling"] == nil)
        #expect(json["problem"] == nil)
    }

    @Test func aRequestedModelIsFilledAndAnswers() async throws {
        let bench = try await bench()
        let reply = try await use("small", bench)
        #expect(reply.status == .accepted)
        try await wait(for: "small", bench)
        let found = try await bench.ask("/api/v1/search?q=blue+sea&limit=1")
        let hit = try #require((found.json["hits"] as? [[String: Any]])?.first)
        #expect((hit["image"] as? [String: Any])?["name"] as? String == "sea.png")
        let models = try await bench.ask("/api/v1/models").json["models"] as? [[String: Any]]
        #expect(models?.map { $0["isCurrent"] as? Bool } == [false, true])
        let status = try await bench.ask("/api/v1/status").json["model"] as? [String: Any]
        #expect(status?["name"] as? String == "small")
    }

    @Test func theFormerModelIsAskedBack() async throws {
        let bench = try await bench()
        _ = try await use("next", bench)
        try await wait(for: "next", bench)
        #expect(try await use("fake", bench).status == .accepted)
        try await wait(for: "fake", bench)
    }

    /// Another process may change the model, and remove the former vectors at once.
    @Test func whatAnotherProcessChangesIsNoticed() async throws {
        let bench = try await bench()
        #expect(try await answering(bench) == "fake")
        let next = FakeEncoder(model: "next")
        let images = await bench.catalog.files(under: nil)
        for file in images {
            let words = file.location.name.replacing(".png", with: "")
            try await bench.catalog.apply(
                CatalogChanges(vectors: [
                    .init(
                        imageID: file.imageID,
                        space: next.space,
                        embedding: try await next.encode([words])[0]
                    )
                ])
            )
        }
        let chosen = ChosenSpace(space: next.space, folder: "/models/next")
        _ = try await bench.catalog.select(.request(chosen), for: .image)
        _ = try await bench.catalog.forget(bench.encoder.space, evenCurrent: false)
        for query in ["q=cat", "like=1"] {
            let reply = try await bench.ask("/api/v1/search?\(query)&limit=3")
            #expect(reply.status == .ok)
            #expect(reply.json["total"] as? Int == (query == "like=1" ? 2 : 3))
        }
        #expect(try await answering(bench) == "next")
    }

    @Test func aModelThatCantBeHadLeavesTheFormerOne() async throws {
        let bench = try await bench()
        let gone = FakeEncoder(model: "gone")
        let chosen = ChosenSpace(space: gone.space, folder: "/models/gone")
        _ = try await bench.catalog.select(.request(chosen), for: .image)
        _ = try await bench.catalog.select(.completeAnyway(gone.space), for: .image)
        for _ in 0..<20 {
            let reply = try await bench.ask("/api/v1/search?q=red+cat&limit=1")
            #expect(reply.json["total"] as? Int == 3)
            if try await bench.ask("/api/v1/models").json["problem"] != nil { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let json = try await bench.ask("/api/v1/models").json
        #expect((json["problem"] as? String)?.contains("not at hand") == true)
        #expect((json["answering"] as? [String: Any])?["model"] as? String == "fake")
    }

    @Test(arguments: ["unknown", "/models/next", "../next", "a/b/c", "", "a b", "next/"])
    func otherNamesAreRefused(_ name: String) async throws {
        let reply = try await use(name, try await bench())
        #expect(reply.status.code == (name.isEmpty ? 400 : 404))
        #expect(reply.headers[.contentType] == "application/problem+json")
    }

    @Test func otherBodiesAreRefused() async throws {
        let bench = try await bench()
        func put(_ body: String, _ type: String = "application/json") async throws -> Int {
            try await bench.ask(
                "/api/v1/models/current",
                method: .put,
                headers: ["Content-Type": type],
                body: Data(body.utf8)
            ).status.code
        }
        #expect(try await put("{}") == 400)
        #expect(try await put("next") == 400)
        #expect(try await put(#"{"model":"next","folder":"/"}"#) == 400)
        #expect(try await put(#"{"model":5}"#) == 400)
        #expect(try await put(#"{"model":"next"}"#, "text/plain") == 415)
        #expect(try await put(String(repeating: " ", count: 5000)) == 413)
    }

    @Test func aServerThatStaysWithItsModelSaysSo() async throws {
        let reply = try await use("next", try await bench(following: false))
        #expect(reply.status == .conflict)
    }

    @Test func twoModelsAreCompared() async throws {
        let bench = try await bench()
        let alone = try await bench.ask("/api/v1/compare?q=red+cat")
        #expect(alone.status == .notFound)
        _ = try await use("small", bench)
        try await wait(for: "small", bench)
        let reply = try await bench.ask("/api/v1/compare?q=red+cat&limit=2")
        #expect(reply.status == .ok)
        let answers = try #require(reply.json["answers"] as? [[String: Any]])
        #expect(answers.map { $0["model"] as? String } == ["small", "fake"])
        #expect(answers.allSatisfy { ($0["hits"] as? [Any])?.count == 2 })
        let other = try await bench.ask("/api/v1/compare?like=1&model=fake&model=small")
        #expect(
            (other.json["answers"] as? [[String: Any]])?.map { $0["model"] as? String }
                == ["fake", "small"]
        )
        let byImage = try await bench.ask(
            "/api/v1/compare?limit=1",
            method: .post,
            headers: ["Content-Type": "image/png"],
            body: FakeImage("blue sea").data
        )
        #expect(byImage.json["sharedCount"] as? Int == 1)
    }

    @Test(arguments: [
        ("", 400), ("?q=a&model=fake&model=small&model=x", 400), ("?q=a&model=unknown", 404),
        ("?q=a&model=fake&model=fake", 400), ("?q=a&modl=fake", 400),
    ])
    func badComparisonsAreToldWhy(_ query: String, _ status: Int) async throws {
        let bench = try await bench()
        _ = try await use("small", bench)
        try await wait(for: "small", bench)
        #expect(try await bench.ask("/api/v1/compare\(query)").status.code == status)
    }
}
