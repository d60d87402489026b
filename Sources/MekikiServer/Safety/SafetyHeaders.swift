import HTTPTypes
import Hummingbird

/// What every response tells a browser about how far to trust it.
struct SafetyHeaders: RouterMiddleware {
    /// Only what this server itself serves: no script or style that stands in a page.
    ///
    /// Nothing comes from elsewhere. Pictures may also be ones that the person chose, before they are sent.
    static let contentSecurityPolicy = [
        "default-src 'none'", "img-src 'self' blob: data:", "script-src 'self'", "style-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// For a picture that is looked at by itself.
    ///
    /// Browsers centre it by styles of their own, which the policy of the page would forbid. Nothing
    /// else can happen in it.
    static let picturePolicy =
        "default-src 'none'; img-src 'self' data:; "
        + "style-src 'unsafe-inline'; frame-ancestors 'none'"

    private static let fields: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // With "no-referrer" a form without scripts would send the origin "null".
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]

    private static let headers: [HTTPField] = fields.compactMap { field in
        HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) }
    }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for header in Self.headers where response.headers[header.name] == nil {
            response.headers[header.name] = header.value
        }
        return response
    }
}
