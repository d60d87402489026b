import MekikiTesting
import Testing

@testable import MekikiServer

@Suite struct StatusRoutesTests {
    @Test func theStatusCountsAndNamesTheModel() async throws {
        let bench = try await ServerBench([
            ("a.png", FakeImage("a")), ("b.png", FakeImage("b")),
            ("c.png", FakeImage("c", failure: "It is broken.")),
        ])
        let status = try await bench.ask("/api/v1/status").json
        let library = try #require(status["library"] as? [String: Any])
        #expect(library["images"] as? Int == 2)
        #expect(library["failures"] as? Int == 1)
        #expect(library["waiting"] as? Int == 0)
        let model = try #require(status["model"] as? [String: Any])
        #expect(model["name"] as? String == "fake")
        #expect(model["isStarter"] as? Bool == true)
    }

    @Test func aHealthyServerSaysSo() async throws {
        let reply = try await ServerBench().ask("/healthz")
        #expect(reply.status == .ok)
        #expect(reply.json["status"] as? String == "ok")
    }

    @Test func aWrongMethodIsToldTheRightOnes() async throws {
        let bench = try await ServerBench()
        let reply = try await bench.ask("/api/v1/search", method: .put)
        #expect(reply.status == .methodNotAllowed)
        #expect(reply.headers[.allow] == "GET, HEAD, POST")
        #expect(try await bench.ask("/api/v1/nothing", method: .put).status == .notFound)
    }

    @Test func headsComeWithoutBodies() async throws {
        let reply = try await ServerBench().ask("/api/v1/status", method: .head)
        #expect(reply.status == .ok)
        #expect(reply.body.isEmpty)
        #expect(reply.headers[.contentLength] != "0")
    }
}
