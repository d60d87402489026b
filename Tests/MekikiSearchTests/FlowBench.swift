import Foundation
import MekikiCatalog
import MekikiCore
import MekikiSearch
import MekikiTesting
import Synchronization

/// A folder of fake images with a catalog in memory, and the flows wired to them.
final class FlowBench: Sendable {
    let folder: TemporaryFolder
    let catalog: any Catalog = InMemoryCatalog()
    let reader = FakeImageReader()
    let encoder = FakeEncoder()
    let thumbnails = InMemoryThumbnails()

    init() throws { folder = try TemporaryFolder() }

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

    func delete(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.url.appending(path: path))
    }

    @discardableResult
    func index(
        folders: [String]? = nil,
        encoder: FakeEncoder? = nil,
        prune: Bool = false,
        batchSize: Int = 16,
        maximumFileSize: Int64 = 1 << 20,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let indexer = Indexer(
            catalog: catalog,
            reader: reader,
            encoder: encoder ?? self.encoder,
            thumbnails: thumbnails,
            options: IndexingOptions(
                prune: prune,
                batchSize: batchSize,
                maximumFileSize: maximumFileSize
            ),
            threadCount: 3
        )
        return try await indexer.run(folders ?? [folder.url.path], progress: progress)
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
