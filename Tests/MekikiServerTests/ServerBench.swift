import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import MekikiCatalog
import MekikiKit
import MekikiTesting
import NIOCore
import NIOEmbedded

@testable import MekikiServer

/// A server over fakes, asked without a socket: a folder of fake images, indexed.
final class ServerBench: Sendable {
    /// What a request got.
    struct Reply {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The body as a JSON object; empty when it is none.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        }
    }

    let folder: TemporaryFolder
    let thumbnails = InMemoryThumbnails()
    let encoder = FakeEncoder()
    let catalog = InMemoryCatalog()
    let server: ImageServer
    private let responder: RouterResponder<ServerContext>

    /// The checkout, which holds the page's files.
    static let page = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/MekikiServer/Web")

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - images: File names with what their pictures show.
    ///   - options: The server's options.
    ///   - models: What the server finds by their names beside its own; `nil` for a server that stays
    ///     with its model.
    /// - Throws: What indexing or the server throws.
    init(
        _ images: [(String, FakeImage)] = [],
        options: ServerOptions = ServerOptions(),
        models: [FakeEncoder]? = nil
    ) async throws {
        folder = try TemporaryFolder()
        for (name, image) in images { try folder.write(image.data, to: "images/" + name) }
        let reader = FakeImageReader()
        if !images.isEmpty {
            let indexer = Indexer(
                catalog: catalog,
                reader: reader,
                encoder: encoder,
                thumbnails: thumbnails
            )
            _ = try await indexer.run([folder.file("images").path])
        }
        let chosen = ChosenSpace(space: encoder.space, folder: "/models/fake")
        if !images.isEmpty { _ = try await catalog.select(.adopt(chosen), for: .image) }
        let place = LibraryFolder(named: folder.file("library").path)
        try place.create()
        let library = Library(
            place,
            catalog: catalog,
            thumbnails: thumbnails,
            reader: reader
        )
        server = try ImageServer(
            library: library,
            model: Self.model(encoder),
            following: models.map { [encoder] in Self.shelf($0 + [encoder]) },
            page: Self.page,
            options: options,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        responder = server.router().buildResponder()
    }

    /// Models that are found by their names, and by folders under `/models`.
    private static func shelf(_ encoders: [FakeEncoder]) -> ModelShelf {
        ModelShelf { request in
            guard case .named(let name) = request,
                let encoder = encoders.first(where: {
                    name == $0.space.model || name == "/models/" + $0.space.model
                })
            else { throw MekikiError(.noInput, "There is no such model.") }
            return model(encoder)
        }
    }

    static func model(_ encoder: FakeEncoder) -> LoadedModel {
        LoadedModel(
            imageEncoder: encoder,
            textEncoder: encoder,
            summary: ModelSummary(
                name: encoder.space.model,
                folder: "/models/\(encoder.space.model)",
                architecture: "fake",
                revision: encoder.space.revision,
                dimension: encoder.space.dimension,
                imageSide: encoder.inputSide,
                textLength: 77,
                weightBytes: 1,
                precision: "float32",
                isStarter: true
            ),
            tokenize: { _ in [] }
        )
    }

    /// Sends a request.
    func ask(
        _ path: String,
        method: HTTPRequest.Method = .get,
        host: String? = "localhost:8899",
        headers: [String: String] = [:],
        body: Data? = nil
    ) async throws -> Reply {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        let head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: host,
            path: path,
            headerFields: fields
        )
        let buffer = ByteBuffer(bytes: body ?? Data())
        let request = Request(head: head, body: RequestBody(buffer: buffer))
        let source = ApplicationRequestContextSource(
            channel: EmbeddedChannel(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let response = try await responder.respond(
            to: request,
            context: ServerContext(source: source)
        )
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Reply(
            status: response.status,
            headers: response.headers,
            body: Data(collector.buffer.withLock { $0 }.readableBytesView)
        )
    }
}
