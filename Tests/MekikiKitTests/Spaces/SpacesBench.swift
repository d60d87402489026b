import Foundation
import MekikiCatalog
import MekikiKit
import MekikiTesting
import Synchronization

/// A library of fake images in memory, and models that are found by names.
final class SpacesBench: Sendable {
    let folder: TemporaryFolder
    let catalog = InMemoryCatalog()
    let library: Library
    /// What is at hand, by request.
    let models: Mutex<[ModelRequest: LoadedModel]>

    init(_ images: [String] = ["red cat", "blue sea", "green tree"]) throws {
        folder = try TemporaryFolder()
        for words in images { try folder.write(FakeImage(words).data, to: "images/\(words).png") }
        let place = LibraryFolder(named: folder.file("library").path)
        try place.create()
        library = Library(
            place,
            catalog: catalog,
            thumbnails: InMemoryThumbnails(),
            reader: FakeImageReader()
        )
        let starter = Self.model("starter")
        models = Mutex([.standard: starter, .starter: starter, .named("/models/starter"): starter])
    }

    var images: String { folder.file("images").path }

    var shelf: ModelShelf {
        ModelShelf { [self] request in
            guard let model = models.withLock({ $0[request] }) else {
                throw MekikiError(.noInput, "There is no such model.")
            }
            return model
        }
    }

    /// Puts a model where it is found by its folder.
    @discardableResult
    func put(_ name: String, revision: String = "1", dimension: Int = 64) -> LoadedModel {
        let model = Self.model(name, revision: revision, dimension: dimension)
        models.withLock { $0[.named("/models/\(name)")] = model }
        return model
    }

    /// Indexes the images.
    @discardableResult
    func index(named name: String? = nil) async throws -> IndexingReport {
        let (library, shelf) = (library, shelf)
        return try await library.index(
            [images],
            with: {
                try await library.indexingModels(named: name, from: shelf)
            }
        )
    }

    static func model(
        _ name: String,
        revision: String = "1",
        dimension: Int = 64
    ) -> LoadedModel {
        let encoder = FakeEncoder(model: name, revision: revision, dimension: dimension)
        return LoadedModel(
            imageEncoder: encoder,
            textEncoder: encoder,
            summary: ModelSummary(
                name: name,
                folder: "/models/\(name)",
                architecture: "fake",
                revision: revision,
                dimension: dimension,
                imageSide: encoder.inputSide,
                textLength: 77,
                weightBytes: 1,
                precision: "float32",
                isStarter: name == "starter"
            ),
            tokenize: { _ in [] }
        )
    }
}
