import Foundation
import MekikiCore
import MekikiSearch

/// A library of images: what the command line, the server and other applications work with.
///
/// ```swift
/// let library = try Library(LibraryFolder())
/// let model = try await library.model(named: nil, from: ModelShelf()).model
/// let page = try await library.search(Query(terms: [.init(.words("夜の海"))]), with: model)
/// ```
public struct Library: Sendable {
    /// Where it is.
    public let folder: LibraryFolder

    let catalog: any Catalog
    let thumbnails: any ThumbnailStore
    let reader: any ImageReader
    /// Decode what is asked with.
    ///
    /// Thumbnails are made on others, so that no search waits for a wall of them; indexing has its
    /// own too.
    let threads: WorkerThreads
    /// Wait for the disk, so that a small read never stands behind a large decoding.
    let diskThreads: WorkerThreads
    let thumbnailMaker: ThumbnailMaker
    /// What scores are compared with to say how sure a hit is.
    let background: RelevanceBackground

    /// Opens a library.
    ///
    /// - Parameters:
    ///   - folder: Where it is.
    ///   - creating: Whether it is made where there is none; one that can't be written is refused then.
    ///     Otherwise it is opened only to be read where it can't be written.
    /// - Throws: `MekikiError`: `noInput` when there is none, `configuration` when a newer version
    ///   of Mekiki made it, `badData` when it is damaged.
    public init(_ folder: LibraryFolder, creating: Bool = false) throws {
        if creating { try folder.create() } else { try folder.requireLibrary() }
        self.init(
            folder,
            catalog: try Wiring.catalog(folder, writing: creating),
            thumbnails: Wiring.thumbnails(folder),
            reader: try Wiring.imageReader(),
            background: RelevanceBackground(store: Wiring.relevanceStore(folder))
        )
    }

    /// Puts roles together to a library.
    ///
    /// - Parameters:
    ///   - folder: Where it is.
    ///   - catalog: What keeps images and vectors.
    ///   - thumbnails: What keeps thumbnails.
    ///   - reader: What decodes files.
    ///   - background: What scores are compared with.
    package init(
        _ folder: LibraryFolder,
        catalog: any Catalog,
        thumbnails: any ThumbnailStore,
        reader: any ImageReader,
        background: RelevanceBackground = RelevanceBackground()
    ) {
        self.folder = folder
        self.catalog = catalog
        self.thumbnails = thumbnails
        self.reader = reader
        self.background = background
        threads = WorkerThreads(
            count: ProcessInfo.processInfo.activeProcessorCount,
            name: "mekiki picture"
        )
        diskThreads = WorkerThreads(count: 2, name: "mekiki disk")
        thumbnailMaker = ThumbnailMaker(
            thumbnails: thumbnails,
            reader: reader,
            maximumFileSize: IndexingOptions().maximumFileSize,
            lookups: diskThreads,
            threads: WorkerThreads(
                count: ProcessInfo.processInfo.activeProcessorCount,
                name: "mekiki thumbnail"
            )
        )
    }

    /// Answers a query.
    ///
    /// - Parameters:
    ///   - query: What is searched for.
    ///   - model: What makes the query's vectors; images without a vector of it are not found.
    /// - Returns: One page of hits.
    /// - Throws: What ``Searcher`` throws.
    public func search(_ query: Query, with model: LoadedModel) async throws -> SearchResult {
        let searcher = Searcher(
            catalog: catalog,
            imageEncoder: model.imageEncoder,
            textEncoder: model.textEncoder,
            background: background
        )
        return try await searcher.search(query)
    }

    /// An image with its files.
    ///
    /// - Parameter id: The image's number.
    /// - Returns: The record and its files, ordered by path.
    /// - Throws: `MekikiError` with code `noInput` when there is no such image.
    public func image(_ id: ImageID) async throws -> (image: ImageRecord, files: [FileRecord]) {
        guard let image = try await catalog.images([id]).first else {
            throw MekikiError(
                .noInput,
                "There is no image of this number in the library. "
                    + "`mekiki search` prints the numbers.",
                subject: "image \(id)"
            )
        }
        return (image, try await catalog.files(of: [id])[id] ?? [])
    }

    /// Forgets images, whatever files hold them; the files themselves are not touched.
    ///
    /// - Parameter ids: The images' numbers.
    /// - Returns: How many files were forgotten.
    /// - Throws: `MekikiError` with code `noInput` when one does not exist; nothing is forgotten then.
    public func remove(_ ids: [ImageID]) async throws -> Int {
        var files: [FileRecord] = []
        for id in Set(ids) { files += try await image(id).files }
        try await forget(Set(files.map(\.location)), of: Set(ids))
        return files.count
    }

    /// Forgets a file or a folder and everything below it; the files themselves are not touched.
    ///
    /// - Parameter path: An absolute path.
    /// - Returns: How many files were forgotten.
    /// - Throws: `MekikiError` with code `noInput` when the library knows nothing there.
    public func remove(path: String) async throws -> Int {
        func concerns(_ location: FileLocation) -> Bool {
            let place = location.absolutePath
            return place.utf8.elementsEqual(path.utf8) || FileLocation.contains(path, place)
        }
        let files = try await catalog.files(under: nil).filter { concerns($0.location) }
        let failures = try await catalog.failures(under: nil).map(\.location).filter(concerns)
        let places = Set(files.map(\.location) + failures)
        guard !places.isEmpty else {
            throw MekikiError(
                .noInput,
                "The library knows no image at this path.",
                subject: path
            )
        }
        try await forget(places, of: Set(files.map(\.imageID)))
        return places.count
    }

    /// Forgets files, and the thumbnails of images that go with them.
    private func forget(_ places: Set<FileLocation>, of ids: Set<ImageID>) async throws {
        try await alone {
            let before = try await catalog.images(ids.sorted())
            try await catalog.apply(CatalogChanges(removals: places.sorted()))
            let left = Set(try await catalog.images(ids.sorted()).map(\.id))
            for image in before where !left.contains(image.id) {
                thumbnails.removeThumbnails(of: image.content.hash)
            }
        }
    }

    /// Counts of what the library holds.
    ///
    /// - Returns: The counts.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func statistics() async throws -> CatalogStatistics {
        try await catalog.statistics()
    }

    /// Files that could not be indexed, ordered by path.
    ///
    /// - Returns: The files with their reasons.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func failures() async throws -> [FailureRecord] {
        try await catalog.failures(under: nil)
    }

    /// Files that were not found when their folder was last indexed, ordered by path.
    ///
    /// - Returns: The files.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func missingFiles() async throws -> [FileRecord] {
        try await catalog.files(under: nil).filter(\.isMissing)
    }

    /// How many images have no vector of a model yet.
    ///
    /// - Parameter model: The model.
    /// - Returns: The number of images.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func waitingCount(for model: LoadedModel) async throws -> Int {
        try await catalog.lackingCount(in: model.space)
    }

    /// Removes surplus thumbnails and makes missing ones.
    ///
    /// - Parameter survey: What is missing, and what is there for nothing.
    /// - Returns: How many could not be made, because their files are gone or can't be read.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes.
    public func repairThumbnails(_ survey: ThumbnailSurvey) async throws -> Int {
        try await alone {
            for file in survey.surplus { try? FileManager.default.removeItem(at: file) }
            var failures = 0
            for id in survey.missing {
                let made = try? await thumbnail(of: id, .medium).thumbnail
                if made?.isWhatWasAsked != true { failures += 1 }
            }
            return failures
        }
    }

    /// The bytes that the library takes on the disk.
    public var byteCount: Int {
        let files = FileManager.default.enumerator(
            at: folder.url,
            includingPropertiesForKeys: [.fileSizeKey]
        )
        var sum = 0
        while let file = files?.nextObject() as? URL {
            sum += (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        }
        return sum
    }
}
