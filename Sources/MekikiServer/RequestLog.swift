import Hummingbird
import Logging

/// A line for each request, without what was searched for: words and file names are the person's own.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "Request",
            metadata: [
                "method": "\(request.method)",
                "path": "\(request.uri.path)",
                "status": "\(response.status.code)",
                "milliseconds": "\(milliseconds.rounded())",
            ]
        )
        return response
    }
}
