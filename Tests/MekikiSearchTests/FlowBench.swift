import Foundation
import MekikiCatalog
import MekikiCore
import MekikiSearch
import MekikiTesting
import Synchronization

/// A folder of fake images with a catalog in memory, and the flows wired to them.
final class FlowBench: Sendable {
    let folder: TemporaryFolder
    let catalog: any Catalog
    let reader = FakeImageReader()
    let encoder = FakeEncoder()
    let thumbnails = InMemoryThumbnails()

    init(_ catalog: any Catalog = InMemoryCatalog()) throws {
        folder = try TemporaryFolder()
        self.catalog = catalog
    }

    func put(_ path: String, _ words: String, failure: String? = nil) throws {
        try putBytes(path, FakeImage(words, failure: failure).data)
    }

    func putBytes(_ path: String, _ data: Data) throws {
        let file = folder.url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
    }

    func move(_ from: String, _ to: String) throws {
        let target = folder.url.appending(path: to)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try FileManager.default.moveItem(at: folder.url.appending(path: from), to: target)
    }

    /// Sets a file's modification time, in seconds since 1970.
    func setTime(_ path: String, _ seconds: TimeInterval) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)],
            ofItemAtPath: folder.url.appending(path: path).path
        )
    }

    func delete(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.url.appending(path: path))
    }

    /// The folder's path as a scan knows it.
    var root: String {
        get throws { try FolderScan.resolve(folder.url.path) }
    }

    /// Indexes what changed in the folder; paths count from it.
    @discardableResult
    func indexChanges(
        touched: [String] = [],
        whole: [String] = [],
        deletions: [String] = []
    ) async throws -> IndexingReport {
        let root = try root
        func places(_ paths: [String]) -> Set<FileLocation> {
            Set(paths.map { FileLocation(root: root, path: $0) })
        }
        let changes = FolderChanges(
            touched: places(touched),
            whole: places(whole),
            deletions: places(deletions)
        )
        return try await indexer(encoder, IndexingOptions()).run(changes)
    }

    @discardableResult
    func index(
        folders: [String]? = nil,
        encoder: (any ImageEncoder)? = nil,
        prune: Bool = false,
        batchSize: Int = 16,
        maximumFileSize: Int64 = 1 << 20,
        memoryBytes: Int64 = 1 << 20,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let options = IndexingOptions(
            prune: prune,
            batchSize: batchSize,
            maximumFileSize: maximumFileSize,
            memoryBytes: memoryBytes
        )
        return try await indexer(encoder ?? self.encoder, options)
            .run(folders ?? [folder.url.path], progress: progress)
    }

    private func indexer(_ encoder: any ImageEncoder, _ options: IndexingOptions) -> Indexer {
        Indexer(
            catalog: catalog,
            reader: reader,
            encoder: encoder,
            thumbnails: thumbnails,
            options: options,
            threadCount: 3
        )
    }

    var searcher: Searcher {
        Searcher(catalog: catalog, imageEncoder: encoder, textEncoder: encoder)
    }

    /// The paths of the hits of words, best first.
    func found(_ words: String, limit: Int = 3) async throws -> [String] {
        let result = try await searcher.search(Query(terms: [.init(.words(words))], limit: limit))
        return result.hits.compactMap { $0.files.first { !$0.isMissing }?.location.path }
    }
}

/// The states of progress in the order they came.
final class ProgressLog: Sendable {
    private let log = Mutex<[IndexingProgress]>([])

    var states: [IndexingProgress] { log.withLock { $0 } }

    func add(_ progress: IndexingProgress) { log.withLock { $0.append(progress) } }
}
