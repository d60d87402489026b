import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit

/// `/api/v1/session`: signing in and out, for browsers.
struct SessionRoutes: Sendable {
    let token: AccessToken?
    let options: ServerOptions

    /// The only address of the API that a client without the token reaches.
    static let path = "/api/v1/session"

    /// A token and what surrounds it.
    private static let longestBody = 8192

    func add(to router: Router<ServerContext>) {
        router.post(RouterPath(Self.path)) { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            guard let token else {
                throw Problem(.notFound, "noInput", "This server wants no token.")
            }
            let isForm = try Self.isForm(request.headers[.contentType])
            let body = try await UploadedBody.collect(
                request,
                limit: Self.longestBody,
                time: options.uploadTime
            )
            let candidate = try isForm ? Self.form(body) : Self.json(body)
            guard token.matches(candidate) else {
                if isForm { return Response.redirect(to: "/?signin=failed") }
                throw Problem(
                    .unauthorized,
                    "usage",
                    "This is not the server's token.",
                    headers: TokenMiddleware.challenge
                )
            }
            let headers: HTTPFields = [
                .setCookie: Session.cookie(Session(token).make()), .cacheControl: "no-store",
            ]
            guard isForm else { return Response(status: .noContent, headers: headers) }
            var response = Response.redirect(to: "/")
            response.headers.append(contentsOf: headers)
            return response
        }
        router.delete(RouterPath(Self.path)) { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            return Response(status: .noContent, headers: [.setCookie: Session.cookie(nil)])
        }
    }

    private static func isForm(_ type: String?) throws -> Bool {
        switch MediaType.name(of: type) {
        case "application/json": return false
        case "application/x-www-form-urlencoded": return true
        default:
            throw Problem(
                .unsupportedMediaType,
                "usage",
                "The token is wanted as application/json or as a form."
            )
        }
    }

    private static func form(_ body: Data) throws -> String {
        let fields = try QueryParameters(String(decoding: body, as: UTF8.self))
        try fields.checkNames(["token"])
        return try checked(fields.text("token"))
    }

    private static func json(_ body: Data) throws -> String {
        // An object of strings with one name: anything else is a slip of the pen.
        let fields = try? JSONDecoder().decode([String: String].self, from: body)
        guard let fields, fields.count == 1 else { throw malformed }
        return try checked(fields["token"])
    }

    private static func checked(_ token: String?) throws -> String {
        guard let token, !token.isEmpty, token.unicodeScalars.count <= 1000 else {
            throw malformed
        }
        // As where the server read it: a space comes along easily when a token is pasted.
        return token.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let malformed = Problem.usage(
        "The body must hold “token” and nothing else."
    )
}
