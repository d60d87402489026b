import HTTPTypes
import Hummingbird
import Logging
import MekikiKit

extension Problem {
    /// The problem to show for an error.
    ///
    /// What the request is not to blame for is told without files and causes: those go to the log.
    ///
    /// - Parameter error: What was thrown.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as MekikiError:
            self.init(error)
        case let error as HTTPError:
            self.init(
                error.status,
                error.status == .notFound ? "noInput" : "usage",
                error.body ?? "\(error.status.reasonPhrase).",
                headers: error.headers
            )
        case is CancellationError:
            self.init(.serviceUnavailable, "unavailable", "The request was given up.")
        default:
            self.init(
                .internalServerError,
                "inputOutput",
                "Something went wrong that this server has no words for. Its log says more."
            )
        }
    }

    private init(_ error: MekikiError) {
        switch error.code {
        case .usage: self.init(.badRequest, "usage", error.description)
        case .badData: self.init(.unprocessableContent, "badData", error.description)
        case .noInput: self.init(.notFound, "noInput", error.description)
        case .unavailable: self.init(.serviceUnavailable, "unavailable", error.message)
        default: self.init(.internalServerError, error.code.description, error.message)
        }
    }

    /// Writes down what is the server's own fault.
    ///
    /// - Parameters:
    ///   - error: What the problem was made of.
    ///   - request: What was asked for.
    ///   - logger: Where it is written.
    func logFault(_ error: any Error, of request: Request, to logger: Logger) {
        // A problem that a route chose itself, such as "too many at once", is no fault.
        guard status.kind == .serverError, !(error is Problem || error is CancellationError) else {
            return
        }
        logger.error(
            "Request failed",
            metadata: ["path": "\(request.uri.path)", "error": "\(error)"]
        )
    }
}
