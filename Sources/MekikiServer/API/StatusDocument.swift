import MekikiKit

/// What a server answers from, as JSON.
struct StatusDocument: Encodable, Sendable {
    var version: String
    var library: LibraryCounts
    var model: ModelName
    var limits: Limits

    /// What the library holds.
    struct LibraryCounts: Encodable, Sendable {
        var folder: String
        var images: Int
        var files: Int
        var missingFiles: Int
        var failures: Int
        /// Images that have no vector of the model yet, so that no search finds them.
        var waiting: Int
        var folders: [String]
    }

    /// The model that answers.
    struct ModelName: Encodable, Sendable {
        var name: String
        var revision: String
        var dimension: Int
        var isStarter: Bool
    }

    /// How much a request may bring.
    struct Limits: Encodable, Sendable {
        var uploadBytes: Int
        var uploadPixels: Int
    }

    /// Reads a library's counts.
    init(of library: Library, model: LoadedModel, options: ServerOptions) async throws {
        let counts = try await library.statistics()
        version = ProgramVersion.current
        self.library = LibraryCounts(
            folder: library.folder.url.path,
            images: counts.imageCount,
            files: counts.fileCount,
            missingFiles: counts.missingFileCount,
            failures: counts.failureCount,
            waiting: try await library.waitingCount(for: model),
            folders: counts.roots
        )
        self.model = ModelName(
            name: model.summary.name,
            revision: model.summary.revision,
            dimension: model.summary.dimension,
            isStarter: model.summary.isStarter
        )
        limits = Limits(uploadBytes: options.uploadBytes, uploadPixels: options.uploadPixels)
    }
}
