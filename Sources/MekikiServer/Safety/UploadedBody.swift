import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// A request's body in memory, with bounds on its length and on the time that it takes.
enum UploadedBody {
    /// Collects a body.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limit: The most bytes.
    ///   - time: How long it may take.
    /// - Returns: The bytes.
    /// - Throws: `Problem`: 413 when it is longer, before it is read where the request says so; 408
    ///   when it takes longer. `HTTPParserError` when it is no HTTP or ends too early.
    static func collect(
        _ request: Request,
        limit: Int,
        time: Duration
    ) async throws -> Data {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw tooLarge(limit)
        }
        return try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                do {
                    let buffer = try await request.body.collect(upTo: limit)
                    return Data(buffer: buffer, byteTransferStrategy: .noCopy)
                } catch is NIOTooManyBytesError {
                    throw tooLarge(limit)
                } catch let error as HTTPError where error.status == .contentTooLarge {
                    throw tooLarge(limit)
                }
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Problem(.requestTimeout, "usage", "The body took too long to arrive.")
            }
            defer { group.cancelAll() }
            guard let data = try await group.next() else { throw CancellationError() }
            return data
        }
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge,
            "badData",
            "The body is longer than \(limit) bytes, the most that this server accepts. "
                + "Send a smaller image."
        )
    }
}
