import MekikiCore

/// Gives images the captions of a file, in place of those that were imported before.
///
/// Importing a file twice changes nothing. What the user wrote, and what models wrote, stays beside it.
public struct CaptionImport: Sendable {
    private let catalog: any Catalog

    /// Creates an import.
    ///
    /// - Parameter catalog: Where images are kept; who calls holds the right to index the library.
    public init(catalog: any Catalog) { self.catalog = catalog }

    /// What came of an import.
    public struct Report: Sendable, Equatable {
        /// Images that got a caption, or another one.
        public var changed = 0

        /// Images that had these captions already.
        public var unchanged = 0

        /// Names that no file of the library has, in the order of the file.
        public var notFound: [String] = []

        /// Names that several images have, with their paths.
        public var ambiguous: [Ambiguity] = []

        /// What in the file could not be read.
        public var faults: [CaptionFile.Fault] = []
    }

    /// A name that several images have.
    public struct Ambiguity: Sendable, Equatable {
        /// The name.
        public var name: String

        /// Absolute paths of the images' files.
        public var paths: [String]
    }

    /// Imports captions.
    ///
    /// - Parameter file: The captions; several for one image are all kept, in their order.
    /// - Returns: What came of it.
    /// - Throws: `MekikiError` when the storage fails; batches that were written before that stay.
    public func callAsFunction(_ file: CaptionFile) async throws -> Report {
        var report = Report()
        report.faults = file.faults
        let matching = CaptionMatching(try await catalog.files(under: nil))
        var captions: [ImageID: [String]] = [:]
        for entry in file.entries {
            switch matching.match(entry.name) {
            case .image(let id):
                if captions[id]?.contains(entry.caption) != true {
                    captions[id, default: []].append(entry.caption)
                }
            case .none: report.notFound.append(entry.name)
            case .several(let paths):
                report.ambiguous.append(Ambiguity(name: entry.name, paths: paths))
            }
        }
        let ids = captions.keys.sorted()
        for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
            let part = Array(ids[start..<min(start + Self.batchSize, ids.count)])
            let known = try await catalog.texts(of: part)
            var changes = CatalogChanges(keepsImagesWithoutFile: true)
            for id in part {
                let texts = (captions[id] ?? []).map {
                    ImageMetadata.TextChunk(key: "caption", text: $0)
                }
                let before = (known[id] ?? [])
                    .filter { $0.id.origin == TextOrigin.imported.rawValue }
                    .map { ImageMetadata.TextChunk(key: $0.key, text: $0.text) }
                if before == texts {
                    report.unchanged += 1
                } else {
                    changes.texts.append(
                        TextChange(imageID: id, origin: .imported, texts: texts)
                    )
                }
            }
            try await catalog.apply(changes)
            report.changed += changes.texts.count
        }
        return report
    }

    private static let batchSize = 1000
}
