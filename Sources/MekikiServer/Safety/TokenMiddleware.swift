import Foundation
import HTTPTypes
import Hummingbird

/// Finds out whether a request knows the token, and refuses those that don't.
///
/// Closed unless named: a router may know one address by several spellings.
struct TokenMiddleware: RouterMiddleware {
    private let token: AccessToken
    private let session: Session
    private let openPaths: Set<String>

    /// Guards everything but a few addresses.
    ///
    /// - Parameters:
    ///   - token: What a request must know.
    ///   - openPaths: Addresses, to the letter, that hold nothing of the library. The page itself asks
    ///     its context before it puts images in.
    init(_ token: AccessToken, except openPaths: Set<String>) {
        self.token = token
        self.openPaths = openPaths
        session = Session(token)
    }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.isSignedIn = knowsToken(request)
        guard context.isSignedIn || openPaths.contains(request.uri.path) else {
            throw Self.refusal
        }
        return try await next(request, context)
    }

    /// What a request without the token is told.
    static let refusal = Problem(
        .unauthorized,
        "usage",
        "This server wants its token: as “Authorization: Bearer …”, or by signing in.",
        headers: challenge
    )

    /// How a client may show that it knows the token.
    static let challenge: HTTPFields = [.wwwAuthenticate: "Bearer realm=\"Mekiki\""]

    private func knowsToken(_ request: Request) -> Bool {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            return parts.count == 2 && parts[0].lowercased() == "bearer"
                && token.matches(String(parts[1]).trimmingCharacters(in: .whitespaces))
        }
        // Any of that name: another server on this machine can set one too, because cookies do not
        // tell ports apart.
        return request.headers[values: .cookie]
            .flatMap { $0.split(separator: ";") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix(Session.cookieName + "=") }
            .contains { session.accepts(String($0.dropFirst(Session.cookieName.count + 1))) }
    }
}
