import Foundation
import MekikiCatalog
import MekikiCore
import MekikiImages
import MekikiModels
import MekikiSearch
import MekikiTensor
import MekikiTokenizers

/// Puts implementations into the roles: the only file that names them.
public enum Wiring {
    // MARK: Storage

    static func catalog(_ folder: LibraryFolder) throws -> any Catalog {
        try SQLiteCatalog(path: folder.catalog)
    }

    static func thumbnails(_ folder: LibraryFolder) -> any ThumbnailStore {
        ThumbnailFolder(url: folder.thumbnails)
    }

    /// Runs work while this process alone may index a library.
    ///
    /// - Parameters:
    ///   - folder: The library.
    ///   - work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: `MekikiError` with code `unavailable` while another process indexes; what the work
    ///   throws.
    static func whileIndexing<Result: Sendable>(
        _ folder: LibraryFolder,
        _ work: () async throws -> Result
    ) async throws -> Result {
        let lock = try IndexerLock(library: folder.url)
        defer { lock.release() }
        return try await work()
    }

    /// Checks a library's catalog from end to end.
    ///
    /// - Parameter folder: The library.
    /// - Throws: `MekikiError` with code `badData` that names what is damaged.
    public static func checkIntegrity(_ folder: LibraryFolder) async throws {
        try await SQLiteCatalog(path: folder.catalog).checkIntegrity()
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

    // MARK: Models

    /// Reads a model's configuration and tokenizer; its towers load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `float32` or
    ///     `bfloat16`.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the architecture is one that
    ///   Mekiki doesn't know.
    public static func model(
        _ choice: ModelChoice,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedModel {
        let folder = try ModelFolder(choice.folder)
        let tokenizer = try TokenizerFolder.load(choice.folder)
        let model = try CLIPModel(
            folder: folder,
            name: choice.name,
            precision: try precision(environment),
            workers: WorkerThreads(
                count: ProcessInfo.processInfo.activeProcessorCount,
                name: "mekiki model"
            )
        )
        let textLength = model.configuration.text.maximumLength
        return LoadedModel(
            imageEncoder: model.imageEncoder,
            textEncoder: model.textEncoder,
            summary: ModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: model.space.revision,
                dimension: model.space.dimension,
                imageSide: model.imageEncoder.inputSide,
                textLength: textLength,
                weightBytes: try folder.weightBytes,
                precision: model.element.rawValue,
                isStarter: choice.isStarter
            ),
            tokenize: { tokenizer.encode($0, limit: textLength) }
        )
    }

    private static func precision(_ environment: [String: String]) throws -> ComputePrecision {
        guard let name = environment["MEKIKI_PRECISION"], !name.isEmpty else { return .automatic }
        guard let precision = ComputePrecision(rawValue: name.lowercased()) else {
            let names = ComputePrecision.allCases.map(\.rawValue).joined(separator: ", ")
            throw MekikiError(
                .configuration,
                "“\(name)” is no precision. Use one of: \(names).",
                subject: "MEKIKI_PRECISION"
            )
        }
        return precision
    }

    /// The instructions that the kernels use on this machine, such as `avx512_bf16`.
    public static var processorLevel: String { Processor.level }
}
