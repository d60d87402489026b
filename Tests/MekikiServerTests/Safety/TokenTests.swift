import Foundation
import MekikiKit
import MekikiTesting
import Testing

@testable import MekikiServer

/// A server that wants a token.
@Suite struct TokenTests {
    private static let secret = "correct horse battery"

    private func bench() async throws -> ServerBench {
        try await ServerBench(
            [("cat.png", FakeImage("cat"))],
            options: ServerOptions(token: try AccessToken(Self.secret))
        )
    }

    @Test func everyAddressOfTheLibraryWantsIt() async throws {
        let bench = try await bench()
        for route in bench.server.apiRoutes where route.path.hasPrefix("/api/") {
            guard !route.path.hasSuffix("/session"), route.method != "HEAD" else { continue }
            let path = route.path.replacing("{id}", with: "1")
            let reply = try await bench.ask(path, method: route.method == "POST" ? .post : .get)
            #expect(reply.status == .unauthorized, "\(route)")
            #expect(reply.headers[.wwwAuthenticate] != nil)
        }
    }

    @Test(arguments: [
        "//api/v1/images", "///api/v1/status", "/api//v1/images", "http://localhost//api/v1/images",
        "/./api/v1/images", "/api/v1/images/", "/API/v1/images", "/%61pi/v1/images",
        "/style/../api/v1/images", "//", "/healthz/../api/v1/images",
    ])
    func noOtherSpellingOfAnAddressGetsAroundIt(_ path: String) async throws {
        let reply = try await bench().ask(path)
        #expect([401, 404].contains(reply.status.code))
        #expect(!reply.text.contains("cat.png"))
    }

    @Test func withItEverythingIsAnswered() async throws {
        let bench = try await bench()
        let headers = ["Authorization": "Bearer \(Self.secret)"]
        #expect(try await bench.ask("/api/v1/images/1", headers: headers).status == .ok)
        for wrong in ["Bearer wrong", "Basic \(Self.secret)", Self.secret, "Bearer", ""] {
            let reply = try await bench.ask("/api/v1/images", headers: ["Authorization": wrong])
            #expect(reply.status == .unauthorized, "\(wrong)")
        }
    }

    @Test func signingInGivesACookieThatIsEnough() async throws {
        let bench = try await bench()
        let body = Data(#"{"token":"\#(Self.secret)"}"#.utf8)
        let reply = try await bench.ask(
            "/api/v1/session",
            method: .post,
            headers: ["Content-Type": "application/json"],
            body: body
        )
        #expect(reply.status == .noContent)
        let cookie = try #require(reply.headers[.setCookie]?.split(separator: ";").first)
        let headers = ["Cookie": String(cookie)]
        #expect(try await bench.ask("/api/v1/images", headers: headers).status == .ok)
        #expect(try await bench.ask("/", headers: headers).text.contains("cat.png"))
    }

    @Test func anotherServersCookieOfTheSameNameDoesNoHarm() async throws {
        let bench = try await bench()
        let good = Session(try AccessToken(Self.secret)).make()
        let name = Session.cookieName
        let cookies = "\(name)=x; other=1; \(name)=\(good)"
        let reply = try await bench.ask("/api/v1/images", headers: ["Cookie": cookies])
        #expect(reply.status == .ok)
        let none = try await bench.ask(
            "/api/v1/images",
            headers: ["Cookie": "x\(name)=\(good); \(name)=y"]
        )
        #expect(none.status == .unauthorized)
    }

    @Test func aFormIsAnsweredByThePage() async throws {
        let bench = try await bench()
        func signIn(_ secret: String) async throws -> ServerBench.Reply {
            try await bench.ask(
                "/api/v1/session",
                method: .post,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Data("token=\(secret.replacing(" ", with: "+"))".utf8)
            )
        }
        let right = try await signIn(Self.secret)
        #expect(right.status == .seeOther)
        #expect(right.headers[.location] == "/")
        #expect(right.headers[.setCookie] != nil)
        let wrong = try await signIn("something else")
        #expect(wrong.status == .seeOther)
        #expect(wrong.headers[.setCookie] == nil)
    }

    @Test(arguments: [
        "{}", "[]", "x", #"{"token":1}"#, #"{"token":"a","b":"c"}"#, #"{"token":""}"#,
    ])
    func aMalformedSignInIsRefused(_ body: String) async throws {
        let reply = try await bench().ask(
            "/api/v1/session",
            method: .post,
            headers: ["Content-Type": "application/json"],
            body: Data(body.utf8)
        )
        #expect(reply.status == .badRequest)
    }

    @Test func thePageHoldsNoImageWithoutIt() async throws {
        let reply = try await bench().ask("/?q=cat&id=1")
        #expect(reply.status == .unauthorized)
        #expect(!reply.text.contains("cat.png"))
        #expect(!reply.text.contains("/thumbnail"))
    }

    @Test func withoutATokenOnlyThisMachineMayBeServed() async throws {
        for host in ["0.0.0.0", "::", "192.168.0.1"] {
            let error = await #expect(throws: MekikiError.self) {
                try await ServerBench(options: ServerOptions(host: host))
            }
            #expect(error?.code == .configuration)
        }
    }
}
