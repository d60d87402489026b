import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Turns whatever was thrown into a problem document, and logs what is the server's own fault.
struct ProblemMiddleware: RouterMiddleware {
    let methods: AllowedMethods

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // Not even HTTP: the connection itself answers, and ends.
            throw error
        } catch {
            let problem = problem(for: error, request)
            problem.logFault(error, of: request, to: context.logger)
            return try problem.response(from: request, context: context)
        }
    }

    private func problem(for error: any Error, _ request: Request) -> Problem {
        guard let error = error as? HTTPError, error.status == .notFound else {
            return Problem(error)
        }
        // The router says "not found" for a wrong method too.
        let allowed = methods.methods(of: request.uri.path)
        guard !allowed.isEmpty else {
            return Problem.nothingHere
        }
        let list = allowed.joined(separator: ", ")
        return Problem(
            .methodNotAllowed,
            "usage",
            "This address takes \(list).",
            headers: [.allow: list]
        )
    }
}
