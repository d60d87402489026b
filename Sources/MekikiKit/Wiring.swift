import Foundation
import MekikiCatalog
import MekikiClients
import MekikiCore
import MekikiImages
import MekikiModels
import MekikiSearch
import MekikiTensor

/// Puts implementations into the roles: the only file that names them.
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
        ThumbnailFolder(url: folder.thumbnails).removeUnfinished()
        CatalogRepair.removeLeftovers(of: folder.catalog)
        return try await work()
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
                return try? reader.read(data, request).metadata.textChunks
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

    /// Forgets all vectors of a model; the images stay.
    ///
    /// - Parameters:
    ///   - space: The model's space.
    ///   - folder: The library.
    /// - Returns: How many vectors were forgotten.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes.
    public static func removeVectors(
        of space: VectorSpace,
        from folder: LibraryFolder
    ) async throws -> Int {
        try await whileIndexing(folder) {
            try await SQLiteCatalog(path: folder.catalog).removeVectors(in: space)
        }
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

    /// Reads a model's configuration; its towers and its tokenizer load when they are first used.
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
        let folder = try ModelFolder(choice.folder, tokenizerFolder: choice.tokenizerFolder)
        let model = try ImageTextModel(
            folder: folder,
            name: choice.name,
            precision: try precision(environment),
            workers: WorkerThreads(
                count: ProcessInfo.processInfo.activeProcessorCount,
                name: "mekiki model"
            )
        )
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
                textLength: model.textEncoder.maximumLength,
                weightBytes: try folder.weightBytes,
                precision: model.element.rawValue,
                scoring: model.scoring,
                isStarter: choice.isStarter
            ),
            tokenize: { try model.textEncoder.tokenize($0) }
        )
    }

    // MARK: Text models

    /// What the folder of a model holds, by its files.
    ///
    /// - Parameter choice: Which model.
    /// - Returns: Whether it is a model of texts alone: an encoder or a reranker.
    public static func isTextModel(_ choice: ModelChoice) -> Bool {
        TextModelFolder.holdsTextModel(choice.folder)
    }

    /// Whether the folder of a text model holds a reranker.
    ///
    /// - Parameter choice: Which model.
    /// - Returns: `false` for encoders of texts.
    /// - Throws: `MekikiError` when it is no text model that Mekiki knows.
    public static func isReranker(_ choice: ModelChoice) throws -> Bool {
        try TextModelFolder(choice.folder).kind == .reranker
    }

    /// Reads a text encoder's configuration; its weights load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `float32` or
    ///     `bfloat16`.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the folder holds another kind
    ///   of model.
    public static func textModel(
        _ choice: ModelChoice,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedTextModel {
        let folder = try TextModelFolder(choice.folder)
        let encoder = try TransformerTextEncoder(
            folder: folder,
            name: choice.name,
            precision: try precision(environment),
            workers: modelThreads()
        )
        return LoadedTextModel(
            encoder: encoder,
            summary: TextModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: encoder.space.revision,
                dimension: encoder.space.dimension,
                textLength: encoder.textLength,
                weightBytes: try folder.weightBytes,
                precision: encoder.element.rawValue
            ),
            tokenize: { try encoder.tokenize($0, as: $1) }
        )
    }

    /// Reads a reranker's configuration; its weights load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - maximumLength: The longest pair in tokens, where it shall be shorter than the model's own:
    ///     the time grows with it.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `bfloat16`, else it is
    ///     float32, because scores lie close together.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the folder holds another kind
    ///   of model.
    public static func reranker(
        _ choice: ModelChoice,
        maximumLength: Int? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedReranker {
        let folder = try TextModelFolder(choice.folder)
        let reranker = try CrossEncoder(
            folder: folder,
            precision: try precision(environment),
            maximumLength: maximumLength,
            workers: modelThreads()
        )
        return LoadedReranker(
            reranker: reranker,
            summary: TextModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: try folder.revision(),
                dimension: nil,
                textLength: reranker.textLength,
                weightBytes: try folder.weightBytes,
                precision: reranker.element.rawValue
            ),
            tokenize: { query, text in
                let pair = try reranker.pair(query, text)
                return (pair.ids, pair.types)
            }
        )
    }

    private static func modelThreads() -> WorkerThreads {
        WorkerThreads(
            count: ProcessInfo.processInfo.activeProcessorCount,
            name: "mekiki model"
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

    /// Whether Mekiki can load a model, as far as its configuration tells.
    ///
    /// - Parameter folder: The model's folder.
    /// - Returns: `false` for kinds that Mekiki doesn't know.
    static func isSupported(_ folder: URL) -> Bool {
        (try? checkIsSupported(folder)) != nil
    }

    /// What a model is for, by its configuration.
    ///
    /// - Parameter folder: The model's folder.
    /// - Returns: `nil` for kinds that Mekiki doesn't know.
    static func role(of folder: URL) -> ModelRole? {
        guard isSupported(folder) else { return nil }
        guard TextModelFolder.holdsTextModel(folder) else { return .imageText }
        return (try? TextModelFolder(folder).kind) == .reranker ? .reranker : .text
    }

    /// Checks that Mekiki can load a model; its configuration is enough for that.
    private static func checkIsSupported(_ folder: URL) throws {
        if TextModelFolder.holdsTextModel(folder) {
            _ = try TextModelFolder(folder)
            return
        }
        _ = try ModelFolder(folder)
    }

    // MARK: The model hub

    /// Finds a model in the cache that all programs of the hub share.
    ///
    /// - Parameters:
    ///   - reference: Which model.
    ///   - environment: The process's environment.
    /// - Returns: What is there of it, complete or not; `nil` when nothing is.
    public static func cachedModel(
        _ reference: ModelReference,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> CachedModel? {
        HubCache(environment: environment)
            .model(reference.repository, revision: reference.revision)
    }

    /// All models in the cache, ordered by name.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: What is there of each, complete or not.
    public static func cachedModels(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [CachedModel] {
        HubCache(environment: environment).models()
    }

    /// Fetches a model into the cache.
    ///
    /// - Parameters:
    ///   - reference: Which model.
    ///   - environment: The process's environment; it says which hub, who is asking, and where the
    ///     cache is, by the names that Python's client reads.
    ///   - progress: Is told how far things have come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` with one sentence on what happened and what to do;
    ///   `CancellationError`.
    public static func pull(
        _ reference: ModelReference,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PulledModel {
        try await ModelHub(HubSettings(environment: environment)).pull(
            reference.repository,
            revision: reference.revision,
            // Before hundreds of megabytes come for nothing.
            check: { folder in if reference.preset == nil { try checkIsSupported(folder) } },
            progress: progress
        )
    }

    /// Which hub would be asked.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: Its host, and whether anything may be asked at all.
    /// - Throws: `MekikiError` with code `configuration` that names a variable.
    public static func hub(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (name: String, isOffline: Bool) {
        let settings = try HubSettings(environment: environment)
        return (settings.hubName, settings.isOffline)
    }

    /// A repository's page on the hub.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - environment: The process's environment.
    /// - Returns: Its address.
    /// - Throws: `MekikiError` with code `configuration` that names a variable.
    public static func page(
        of repository: RepositoryName,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String {
        try HubSettings(environment: environment).page(of: repository)
    }

    // MARK: The machine

    /// The instructions that the kernels use on this machine, such as `avx512_bf16`.
    public static var processorLevel: String { Processor.level }
}
