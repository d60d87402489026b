import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON responses, keys in a fixed order.
enum JSONResponse {
    /// Encodes a document as a response that nobody keeps: the library may change at any time.
    ///
    /// - Parameters:
    ///   - document: What to say.
    ///   - status: The response's status.
    /// - Returns: The response.
    /// - Throws: What the encoder throws.
    static func encode(
        _ document: some Encodable,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try data(document)))
        )
    }

    /// Encodes a document.
    static func data(_ document: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(document)
    }
}
