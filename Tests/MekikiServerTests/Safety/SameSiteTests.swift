import Testing

@testable import MekikiServer

/// Who may ask a server that listens on this machine alone.
@Suite struct SameSiteTests {
    @Test(arguments: [
        [:], ["Origin": "http://localhost:8899"], ["Sec-Fetch-Site": "same-origin"],
        ["Sec-Fetch-Site": "none"],
        [
            "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        ],
    ])
    func thePageItselfAndPeopleMay(_ headers: [String: String]) async throws {
        let bench = try await ServerBench()
        #expect(try await bench.ask("/api/v1/images", headers: headers).status == .ok)
    }

    @Test(arguments: [
        ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": "http://localhost:3000"],
        ["Origin": ""], ["Sec-Fetch-Site": "cross-site"],
        ["Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"],
        [
            "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "iframe",
        ],
    ])
    func otherSitesMayNot(_ headers: [String: String]) async throws {
        let bench = try await ServerBench()
        let reply = try await bench.ask("/api/v1/images", headers: headers)
        #expect(reply.status == .forbidden)
        #expect(reply.json["status"] as? Int == 403)
    }

    @Test func aForeignHostIsRefusedAndAMissingOneIsMalformed() async throws {
        let bench = try await ServerBench()
        #expect(try await bench.ask("/", host: "evil.example").status == .forbidden)
        #expect(try await bench.ask("/", host: nil).status == .badRequest)
    }

    @Test func refusalsCarryTheSafetyHeadersToo() async throws {
        let bench = try await ServerBench()
        let reply = try await bench.ask("/", host: "evil.example")
        #expect(reply.headers[.contentSecurityPolicy] == SafetyHeaders.contentSecurityPolicy)
        #expect(reply.headers[.xContentTypeOptions] == "nosniff")
    }
}
