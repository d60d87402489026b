import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit

/// `/api/v1/models`: the models that the library has vectors of, and which of them answers.
struct ModelRoutes: Sendable {
    let library: Library
    let served: ServedModel
    /// `nil` where the server was told which model to answer with.
    let filling: BackgroundFilling?
    let shelf: ModelShelf?
    let options: ServerOptions

    /// A name and what surrounds it.
    private static let longestBody = 4096

    func add(to router: Router<ServerContext>) {
        router.get("/api/v1/models") { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            return try JSONResponse.encode(try await document())
        }
        router.put("/api/v1/models/current") { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            guard MediaType.name(of: request.headers[.contentType]) == "application/json" else {
                throw Problem(
                    .unsupportedMediaType,
                    "usage",
                    "The model's name is wanted as application/json."
                )
            }
            let body = try await UploadedBody.collect(
                request,
                limit: Self.longestBody,
                time: options.uploadTime
            )
            let name = try Self.name(body)
            guard let shelf, let filling else {
                throw Problem(
                    .conflict,
                    "usage",
                    "This server was started with --model, and stays with that one."
                )
            }
            try await filling.use(try await model(name, shelf))
            return try JSONResponse.encode(try await document(), status: .accepted)
        }
    }

    private func document() async throws -> ModelsDocument {
        ModelsDocument(
            spaces: try await library.spaces(),
            answering: await served.current().space,
            filling: filling?.progress,
            problem: await served.problem
        )
    }

    /// The model of a name: one that the library has vectors of, or one by its name alone.
    ///
    /// What a request says never becomes a path on this machine.
    private func model(_ name: String, _ shelf: ModelShelf) async throws -> LoadedModel {
        if let known = try? await library.space(named: name),
            let model = try? await shelf.model(of: known.chosen)
        {
            return model
        }
        guard Self.isPlain(name), !FileManager.default.fileExists(atPath: name) else {
            throw Self.unknown(name)
        }
        do {
            return try await shelf.model(named: name)
        } catch let error as MekikiError where error.code == .noInput {
            throw Self.unknown(name)
        }
    }

    private static func unknown(_ name: String) -> Problem {
        Problem(
            .notFound,
            "noInput",
            "There is no model of this name at hand. `mekiki models list` shows those that are; "
                + "`mekiki models use` takes a folder, too."
        )
    }

    /// Whether a text can be a model's name: as on the hub, an owner and a name at most.
    static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                guard let first = part.utf8.first, isLetterOrDigit(first) else { return false }
                return part.utf8.allSatisfy {
                    isLetterOrDigit($0) || [0x2D, 0x2E, 0x5F].contains($0)
                }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func name(_ body: Data) throws -> String {
        let fields = try? JSONDecoder().decode([String: String].self, from: body)
        guard let fields, fields.count == 1, let name = fields["model"], !name.isEmpty,
            name.unicodeScalars.count <= 300
        else {
            throw Problem.usage("The body must hold “model” and nothing else.")
        }
        return name
    }
}
