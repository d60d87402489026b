import Foundation
import MekikiCatalog
import MekikiCore
import MekikiImages
import MekikiSearch
import MekikiTensor

/// Puts implementations into the roles: the only folder that names them.
public enum Wiring {
    // MARK: Storage

    /// Opens a library's catalog.
    ///
    /// - Parameters:
    ///   - folder: The library.
    ///   - writing: Whether a catalog that can't be written is refused; otherwise it is then only read.
    /// - Returns: The catalog.
    /// - Throws: `MekikiError`, as ``Library`` says.
    static func catalog(_ folder: LibraryFolder, writing: Bool) throws -> any Catalog {
        try completeRepair(folder)
        return try writing
            ? SQLiteCatalog(path: folder.catalog)
            : SQLiteCatalog.readingAtLeast(path: folder.catalog)
    }

    static func thumbnails(_ folder: LibraryFolder) -> any ThumbnailStore {
        ThumbnailFolder(url: folder.thumbnails)
    }

    /// Runs work while this process alone may index a library.
    ///
    /// What processes that were ended by force have left half-written is removed first.
    ///
    /// - Parameters:
    ///   - folder: The library.
    ///   - patience: How long another process is waited for; `nil` for as long as it takes.
    ///   - isStopped: Whether the work is not wanted any more while it waits.
    ///   - waiting: Is told once when there is one.
    ///   - work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: `MekikiError` with code `unavailable` while another process indexes; what the work
    ///   throws; `CancellationError` when the work is not wanted any more while it waits.
    static func whileIndexing<Result: Sendable>(
        _ folder: LibraryFolder,
        waiting patience: Duration? = .zero,
        unless isStopped: () -> Bool = { false },
        telling waiting: (MekikiError) -> Void = { _ in },
        _ work: () async throws -> Result
    ) async throws -> Result {
        let lock = try await lock(folder, patience, unless: isStopped, waiting)
        defer { lock.release() }
        ThumbnailFolder(url: folder.thumbnails).removeUnfinished()
        CatalogRepair.removeLeftovers(of: folder.catalog)
        return try await work()
    }

    private static func lock(
        _ folder: LibraryFolder,
        _ patience: Duration?,
        unless isStopped: () -> Bool,
        _ waiting: (MekikiError) -> Void
    ) async throws -> IndexerLock {
        let deadline = patience.map { ContinuousClock.now + $0 }
        var wasTold = false
        while true {
            do {
                return try IndexerLock(library: folder.url)
            } catch let error as MekikiError where error.code == .unavailable {
                if let deadline, ContinuousClock.now >= deadline { throw error }
                if isStopped() { throw CancellationError() }
                if !wasTold { waiting(error) }
                wasTold = true
                // Often enough to come between two turns of somebody who fills a space.
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    // MARK: Soundness

    /// Checks a library's catalog from end to end.
    ///
    /// - Parameter folder: The library.
    /// - Throws: `MekikiError` with code `badData` that names what is damaged.
    public static func checkIntegrity(_ folder: LibraryFolder) async throws {
        try completeRepair(folder)
        let catalog = try SQLiteCatalog.readingAtLeast(path: folder.catalog)
        let result: Result<Void, any Error>
        do {
            result = .success(try await catalog.checkIntegrity())
        } catch {
            result = .failure(error)
        }
        try? catalog.close()
        try result.get()
    }

    /// Makes a sound catalog of a damaged one; the damaged file is kept beside it.
    ///
    /// - Parameter folder: The library.
    /// - Returns: What was saved and what was not.
    /// - Throws: `MekikiError`: `unavailable` while another process uses the library; `inputOutput`
    ///   when the disk is full.
    public static func repairCatalog(_ folder: LibraryFolder) async throws -> RepairReport {
        try await whileIndexing(folder) {
            let reader = try imageReader()
            let request = ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
            let limit = IndexingOptions().maximumFileSize
            return try CatalogRepair.run(folder.catalog) { place, hash in
                let file = URL(filePath: place.absolutePath)
                let size = (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize
                guard let size, Int64(size) <= limit, let data = try? Data(contentsOf: file),
                    ContentHash(of: data) == hash
                else { return nil }
                return try? reader.read(data, request).metadata
            }
        }
    }

    /// Does the last step of a repair that was ended by force just before it.
    private static func completeRepair(_ folder: LibraryFolder) throws {
        guard CatalogRepair.isUnfinished(folder.catalog) else { return }
        let lock = try IndexerLock(library: folder.url)
        defer { lock.release() }
        try CatalogRepair.complete(folder.catalog)
    }

    /// Whether somebody is indexing a library, or was when it was ended by force.
    ///
    /// - Parameter folder: The library.
    /// - Returns: `nil` when nobody is, and the last one ended by itself.
    public static func indexerState(_ folder: LibraryFolder) -> IndexerState? {
        IndexerLock.state(of: folder.url)
    }

    /// Compares a library's thumbnails with its images.
    ///
    /// - Parameter folder: The library.
    /// - Returns: What is missing, and what is there for nothing.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public static func surveyThumbnails(_ folder: LibraryFolder) async throws -> ThumbnailSurvey {
        let catalog = try SQLiteCatalog.readingAtLeast(path: folder.catalog)
        let (known, present) = try await catalog.contents()
        return ThumbnailFolder(url: folder.thumbnails).survey(present: present, known: known)
    }

    // MARK: Folders

    /// Makes what tells of changes in folders.
    ///
    /// - Parameter folder: The library, which is not watched.
    /// - Returns: The watcher.
    /// - Throws: `MekikiError` with code `unavailable` where the system can't watch folders.
    static func folderWatcher(passingOver folder: LibraryFolder) throws -> any FolderWatcher {
        #if os(Linux)
        return try InotifyWatcher(passingOver: folder.url.path)
        #else
        throw MekikiError(
            .unavailable,
            "Folders can be watched only on Linux. Run `mekiki index` now and then instead."
        )
        #endif
    }

    // MARK: Images

    static func imageReader() throws -> any ImageReader {
        VipsImageReader()
    }

    /// Reads an image file for a query.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - model: The model that is to encode it.
    /// - Returns: The picture.
    /// - Throws: `MekikiError`: `noInput` when the file can't be read, `badData` when it is no image
    ///   that Mekiki decodes.
    public static func picture(at path: String, for model: LoadedModel) throws -> PixelBuffer {
        let limit = IndexingOptions().maximumFileSize
        let values = try? URL(filePath: path).resolvingSymlinksInPath()
            .resourceValues(forKeys: [.fileSizeKey])
        if let size = values?.fileSize, Int64(size) > limit {
            throw MekikiError(
                .badData,
                "The file has \(size) bytes; the limit is \(limit).",
                subject: path
            )
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read. Check its name and its permissions.",
                subject: path,
                cause: error
            )
        }
        let request = ImageReadRequest(
            encoderSide: model.imageEncoder.inputSide,
            thumbnailSide: nil
        )
        do {
            guard let pixels = try imageReader().read(data, request).pixels else {
                throw MekikiError(.badData, "The image has no pixels.")
            }
            return pixels
        } catch var error as MekikiError {
            error.subject = path
            throw error
        }
    }

    // MARK: The machine

    /// The instructions that the kernels use on this machine, such as `avx512_bf16`.
    public static var processorLevel: String { Processor.level }
}
