import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file of the web page, in memory.
struct PageFile: Sendable {
    /// Its address.
    let path: String

    /// Its bytes.
    let data: Data

    private let mediaType: String
    private let tag: EntityTag

    /// Wraps a file.
    ///
    /// - Parameters:
    ///   - path: Its address; the ending says what it is.
    ///   - data: Its bytes.
    init(path: String, data: Data) {
        self.path = path
        self.data = data
        mediaType =
            Self.mediaTypes[String(path.split(separator: ".").last ?? "")]
            ?? "application/octet-stream"
        tag = EntityTag(of: data)
    }

    /// The same file at another address.
    ///
    /// - Parameter path: The other address.
    /// - Returns: The file, with the type that it has.
    func also(at path: String) -> PageFile {
        PageFile(path: path, data: data, mediaType: mediaType, tag: tag)
    }

    private init(path: String, data: Data, mediaType: String, tag: EntityTag) {
        self.path = path
        self.data = data
        self.mediaType = mediaType
        self.tag = tag
    }

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "json": "application/json",
        "svg": "image/svg+xml", "yaml": "application/yaml", "png": "image/png",
        "webmanifest": "application/manifest+json",
    ]

    /// The file as a response, or that the client has it already.
    func response(to request: Request) -> Response {
        // Asked for again each time: after an update no page may run on a mixture of versions.
        var headers: HTTPFields = [.eTag: tag.description, .cacheControl: "no-cache"]
        if tag.isIn(request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = mediaType
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data))
        )
    }
}
