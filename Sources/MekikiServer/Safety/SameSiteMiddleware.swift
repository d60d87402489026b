import HTTPTypes
import Hummingbird

/// Refuses requests that another site makes a browser send, and those for another host.
struct SameSiteMiddleware: RouterMiddleware {
    let hosts: HostNames

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        // The router would pass over empty parts, and find one thing at two addresses.
        guard !request.uri.path.contains("//") else { throw Problem.nothingHere }
        let authority = try Self.authority(of: request)
        guard hosts.accepts(authority), let host = Authority(authority) else {
            throw Problem(
                .forbidden,
                "usage",
                "This server is not called so. If it is meant to be, start it with --allow-host."
            )
        }
        if let origin = request.headers[.origin] {
            guard let asking = Authority(origin: origin), asking.isSame(as: host) else {
                throw Problem(.forbidden, "usage", "Another site asks; only this one may.")
            }
        }
        guard isFromHere(request) else {
            throw Problem(.forbidden, "usage", "Another site asks; only this one may.")
        }
        return try await next(request, context)
    }

    /// The host that a request names; `HTTP1Compatibility` has seen to it that a whole address goes
    /// before the header.
    private static func authority(of request: Request) throws -> String {
        // The first one has become the authority; one that is left is a second.
        guard !request.headers.contains(.host) else {
            throw Problem.usage("The request names two hosts.")
        }
        guard let authority = request.head.authority, !authority.isEmpty else {
            throw Problem.usage("The request names no host.")
        }
        return authority
    }

    /// What the browser says of who asks (Fetch Metadata): a link that a person follows may lead here
    /// from anywhere, a picture or script in another page may not.
    private func isFromHere(_ request: Request) -> Bool {
        guard let site = request.headers[.secFetchSite] else { return true }
        if site == "same-origin" || site == "none" { return true }
        return (request.method == .get || request.method == .head)
            && request.headers[.secFetchMode] == "navigate"
            && request.headers[.secFetchDest] == "document"
    }
}

extension HTTPField.Name {
    fileprivate static let host = Self("Host") ?? .origin
    fileprivate static let secFetchSite = Self("Sec-Fetch-Site") ?? .origin
    fileprivate static let secFetchMode = Self("Sec-Fetch-Mode") ?? .origin
    fileprivate static let secFetchDest = Self("Sec-Fetch-Dest") ?? .origin
}
