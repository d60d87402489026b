import Foundation
import MekikiTesting
import Testing

@testable import MekikiServer

@Suite struct SearchRoutesTests {
    private static let images = [
        ("cat.png", FakeImage("red cat")), ("dog.png", FakeImage("red dog")),
        ("sea.png", FakeImage("blue sea")),
    ]

    private func names(_ reply: ServerBench.Reply) -> [String] {
        (reply.json["hits"] as? [[String: Any]] ?? []).compactMap {
            ($0["image"] as? [String: Any])?["name"] as? String
        }
    }

    @Test func wordsFindImages() async throws {
        let bench = try await ServerBench(Self.images)
        let reply = try await bench.ask("/api/v1/search?q=red+cat&limit=2")
        #expect(reply.status == .ok)
        #expect(names(reply) == ["cat.png", "dog.png"])
        #expect(reply.json["total"] as? Int == 3)
        #expect(reply.json["limit"] as? Int == 2)
        let next = try await bench.ask("/api/v1/search?q=red+cat&limit=2&offset=2")
        #expect(names(next) == ["sea.png"])
        #expect(next.json["offset"] as? Int == 2)
    }

    @Test func aHitSaysWhyItIsThere() async throws {
        let reply = try await ServerBench(Self.images).ask("/api/v1/search?q=red+cat&limit=1")
        let hit = try #require((reply.json["hits"] as? [[String: Any]])?.first)
        let reason = try #require((hit["reasons"] as? [[String: Any]])?.first)
        #expect(reason["channel"] as? String == "image")
        #expect(reason["scoreKind"] as? String == "cosine")
        let score = try #require(reason["score"] as? Double)
        #expect(score > 0.99)
    }

    @Test func anImageOfTheLibraryFindsOthers() async throws {
        let bench = try await ServerBench(Self.images)
        let cat = try #require(
            await bench.catalog.files(under: nil).first { $0.location.name == "cat.png" }
        )
        let reply = try await bench.ask("/api/v1/search?like=\(cat.imageID)")
        #expect(names(reply) == ["dog.png", "sea.png"])
        let both = try await bench.ask("/api/v1/search?like=\(cat.imageID)&q=blue+sea")
        #expect(names(both).first == "sea.png")
    }

    @Test func anImageInTheBodyIsSearchedBy() async throws {
        let bench = try await ServerBench(Self.images)
        let body = FakeImage("blue sea").data
        for type in ["image/png", "application/octet-stream", "IMAGE/JPEG; x=y"] {
            let reply = try await bench.ask(
                "/api/v1/search?limit=1",
                method: .post,
                headers: ["Content-Type": type],
                body: body
            )
            #expect(names(reply) == ["sea.png"])
        }
        let withWords = try await bench.ask(
            "/api/v1/search?q=red+dog+red+dog",
            method: .post,
            body: body
        )
        #expect(names(withWords).count == 3)
    }

    @Test(arguments: [
        ("/api/v1/search", 400), ("/api/v1/search?q=", 400), ("/api/v1/search?q=%20%E3%80%80", 400),
        ("/api/v1/search?q=a&limit=0", 400), ("/api/v1/search?q=a&limit=201", 400),
        ("/api/v1/search?q=a&offset=-1", 400), ("/api/v1/search?q=a&q=b", 400),
        ("/api/v1/search?q=a&foo=b", 400), ("/api/v1/search?q=%FF", 400),
        ("/api/v1/search?like=0", 400), ("/api/v1/search?like=99", 404),
    ])
    func badRequestsAreToldWhy(_ path: String, _ status: Int) async throws {
        let reply = try await ServerBench(Self.images).ask(path)
        #expect(reply.status.code == status)
        #expect(reply.headers[.contentType] == "application/problem+json")
        #expect((reply.json["detail"] as? String)?.hasSuffix(".") == true)
    }

    @Test func aQueryOfTooManyCharactersIsRefused() async throws {
        let bench = try await ServerBench(Self.images)
        let most = String(repeating: "a", count: QueryRequest.longestQuery)
        #expect(try await bench.ask("/api/v1/search?q=\(most)").status == .ok)
        #expect(try await bench.ask("/api/v1/search?q=\(most)a").status == .badRequest)
    }

    @Test func badBodiesAreToldWhy() async throws {
        let bench = try await ServerBench(
            Self.images,
            options: ServerOptions(uploadBytes: 1000, uploadPixels: 1000)
        )
        func post(_ body: Data, _ type: String = "image/png") async throws -> Int {
            let headers = ["Content-Type": type]
            return try await bench.ask(
                "/api/v1/search",
                method: .post,
                headers: headers,
                body: body
            ).status.code
        }
        #expect(try await post(Data()) == 400)
        #expect(try await post(Data("no image".utf8)) == 422)
        #expect(try await post(Data(repeating: 0, count: 1001)) == 413)
        #expect(try await post(FakeImage("large", width: 40, height: 26).data) == 422)
        #expect(try await post(FakeImage("small", width: 40, height: 25).data) == 200)
        #expect(try await post(FakeImage("text", width: 1, height: 1).data, "text/html") == 415)
    }
}
