import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit
import NIOCore

/// `/api/v1/images`: the images of the library, their facts, thumbnails and files.
struct ImageRoutes: Sendable {
    let library: Library

    func add(to router: Router<ServerContext>) {
        router.get("/api/v1/images") { request, _ in
            let parameters = try QueryParameters(request.uri.query)
            try parameters.checkNames(["limit", "offset"])
            let limit = try parameters.integer("limit", in: PageBounds.limits, default: 16)
            let offset = try parameters.integer("offset", in: PageBounds.offsets, default: 0)
            let page = try await library.newest(limit: limit, offset: offset)
            return try JSONResponse.encode(ImagePageDocument(page, limit: limit))
        }
        router.get("/api/v1/images/{id}") { request, context in
            try QueryParameters(request.uri.query).checkNames([])
            let id = try context.imageID()
            let (image, files) = try await library.image(id)
            let tags = try await library.tags(of: id)
            let texts = try await library.texts(of: id)
            return try JSONResponse.encode(ImageDetailsDocument(image, files, tags, texts))
        }
        router.get("/api/v1/images/{id}/thumbnail") { request, context in
            try await thumbnail(request, context)
        }
        router.get("/api/v1/images/{id}/file") { request, context in
            try await file(request, context)
        }
    }

    private func thumbnail(_ request: Request, _ context: ServerContext) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query)
        try parameters.checkNames(["size", "v"])
        let side = try parameters.integer("size", in: 0...4096, default: 512)
        guard let size = ThumbnailSize(rawValue: side) else {
            let sizes = ThumbnailSize.allCases.map { String($0.side) }.joined(separator: ", ")
            throw Problem.usage("size: One of these is wanted: \(sizes).")
        }
        let version = parameters.text("v")
        guard version.map(Self.isVersion) ?? true else {
            throw Problem.usage("v: The first 16 digits of the image's hash are wanted.")
        }
        let (content, thumbnail) = try await library.thumbnail(of: context.imageID(), size)
        let hash = content.hash.description
        let tag = EntityTag("\(hash.prefix(32))-\(thumbnail.isWhatWasAsked ? "" : "~")\(side)")
        let isLasting = thumbnail.isWhatWasAsked && version.map(hash.hasPrefix) == true
        var headers: HTTPFields = [
            .eTag: tag.description,
            .contentType: "image/webp",
            .cacheControl: isLasting
                ? "private, max-age=31536000, immutable" : "private, no-cache",
            .contentSecurityPolicy: SafetyHeaders.picturePolicy,
        ]
        if tag.isIn(request.headers[.ifNoneMatch]) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: thumbnail.data))
        )
    }

    private static func isVersion(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private func file(_ request: Request, _ context: ServerContext) async throws -> Response {
        try QueryParameters(request.uri.query).checkNames([])
        let (content, file) = try await library.original(of: context.imageID())
        let tag = EntityTag(content.hash.description)
        var headers: HTTPFields = [
            .eTag: tag.description,
            .acceptRanges: "bytes",
            .cacheControl: "private, no-cache",
            .contentSecurityPolicy: SafetyHeaders.picturePolicy,
        ]
        if tag.isIn(request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = content.format.mediaType
        headers[.contentDisposition] = ContentDisposition.inline(file.name)

        // A range of something else than the client has would be a broken picture.
        let hasSame = request.headers[.ifRange].map { $0 == tag.description } ?? true
        let range = request.method == .get && hasSame ? request.headers[.range] : nil
        switch ByteRange(range, of: file.byteCount) {
        case .whole:
            return Response(
                status: .ok,
                headers: headers,
                body: FileBody.stream(file, 0..<file.byteCount)
            )
        case .part(let range):
            headers[.contentRange] =
                "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.byteCount)"
            return Response(
                status: .partialContent,
                headers: headers,
                body: FileBody.stream(file, range)
            )
        case .unsatisfiable:
            throw Problem(
                .rangeNotSatisfiable,
                "usage",
                "The file has \(file.byteCount) bytes; the range lies beyond them.",
                headers: [.contentRange: "bytes */\(file.byteCount)"]
            )
        }
    }
}

extension ImageFormat {
    /// The name that the web has for a format.
    fileprivate var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .tiff: "image/tiff"
        case .heic: "image/heic"
        case .avif: "image/avif"
        }
    }
}
