import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiClients

/// A hub, an empty cache, and what became of them.
struct PullScene {
    let hub: FakeHub
    let folder: TemporaryFolder
    var settings: HubSettings

    init(_ hub: FakeHub, token: String? = nil) throws {
        self.hub = hub
        folder = try TemporaryFolder()
        settings = try HubSettings(
            environment: hub.environment(cache: folder.file("hub"), token: token)
        )
        settings.firstDelay = .milliseconds(5)
    }

    var cache: HubCache { HubCache(settings.cache) }

    @discardableResult
    func pull(
        _ name: RepositoryName = FakeHub.name,
        revision: String = "main",
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PulledModel {
        try await ModelHub(settings).pull(name, revision: revision, progress: progress)
    }

    /// The error of a pull that must fail.
    func failure(
        _ name: RepositoryName = FakeHub.name,
        revision: String = "main"
    ) async throws -> MekikiError {
        do {
            try await pull(name, revision: revision)
        } catch let error as MekikiError {
            return error
        }
        Issue.record("The pull succeeded.")
        throw CancellationError()
    }

    /// All files of a repository's folder in the cache, relative to it.
    func paths(_ name: RepositoryName = FakeHub.name) -> [String] {
        let place = cache.place(of: name)
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: place.path)) ?? []
        return names.filter { path in
            let type = try? FileManager.default
                .attributesOfItem(atPath: place.appending(path: path).path)[.type]
            return type as? FileAttributeType != .typeDirectory
        }.sorted()
    }

    /// Checks that every content in the cache is what its name says, and every link leads to one.
    func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.folder.path)) ?? []
        for name in names.compactMap(RepositoryName.init(cacheFolder:)) {
            for path in paths(name) {
                let file = cache.place(of: name).appending(path: path)
                if path.hasPrefix("blobs/"), !path.hasSuffix(".incomplete") {
                    let data = try Data(contentsOf: file)
                    let hashes = [FakeRepository.sha256(data), FakeRepository.gitBlob(data)]
                    #expect(
                        hashes.contains(file.lastPathComponent),
                        "\(path) is not what its name says",
                        sourceLocation: sourceLocation
                    )
                }
                if path.hasPrefix("snapshots/") {
                    #expect(
                        FileManager.default.fileExists(atPath: file.path),
                        "\(path) leads nowhere",
                        sourceLocation: sourceLocation
                    )
                }
            }
        }
    }

    /// What a model's file holds in the cache.
    func content(_ path: String, _ model: PulledModel) -> Data? {
        try? Data(contentsOf: model.folder.appending(path: path))
    }
}
