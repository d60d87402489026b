import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit

/// A failure as a client reads it: a problem document (RFC 9457).
struct Problem: Error, Sendable {
    /// The status of the response.
    var status: HTTPResponse.Status

    /// The kind of failure in one word.
    var code: String

    /// What happened and what to do.
    var detail: String

    /// What the response says beside it.
    var headers: HTTPFields = [:]

    init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ detail: String,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
    }

    /// An address that leads nowhere.
    static let nothingHere = Problem(.notFound, "noInput", "There is nothing at this address.")

    /// A malformed request.
    static func usage(_ detail: String) -> Problem { Problem(.badRequest, "usage", detail) }
}

extension Problem: HTTPResponseError {
    func response(from request: Request, context: some RequestContext) throws -> Response {
        let document = Document(
            type: "about:blank",
            title: status.reasonPhrase,
            status: status.code,
            detail: detail,
            code: code
        )
        var response = try JSONResponse.encode(document, status: status)
        response.headers.append(contentsOf: headers)
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    private struct Document: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var code: String
    }
}
