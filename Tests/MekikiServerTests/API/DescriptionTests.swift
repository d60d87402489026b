import Foundation
import Testing

@testable import MekikiServer

/// The API's description lists exactly the routes that there are.
@Suite struct DescriptionTests {
    /// The operations of the document: in its layout, paths stand two spaces in, methods four.
    private static func described() throws -> Set<String> {
        let file = ServerBench.page.appending(path: "openapi.yaml")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var operations: Set<String> = []
        var path: String?
        for line in text.split(separator: "\n") {
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                path = String(line.dropFirst(2).dropLast())
            } else if !line.hasPrefix(" ") {
                path = nil
            } else if let path, line.hasPrefix("    "), !line.hasPrefix("     ") {
                operations.insert(line.dropFirst(4).dropLast().uppercased() + " " + path)
            }
        }
        return operations
    }

    @Test func everyRouteIsDescribedAndNothingElse() async throws {
        let routes = try await ServerBench().server.apiRoutes
            .filter { $0.method != "HEAD" }
            .map { "\($0.method) \($0.path)" }
        #expect(routes.count >= 15)
        #expect(try Self.described() == Set(routes))
    }

    @Test func itIsServedAsItIs() async throws {
        let reply = try await ServerBench().ask("/openapi.yaml")
        #expect(reply.status == .ok)
        #expect(reply.headers[.contentType] == "application/yaml")
        let file = ServerBench.page.appending(path: "openapi.yaml")
        #expect(reply.body == (try Data(contentsOf: file)))
    }
}
