import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiClients

@Suite struct HubCacheTests {
    private let folder: TemporaryFolder
    private let cache: HubCache
    private let commit = String(repeating: "d4", count: 20)
    private let name: RepositoryName

    init() throws {
        folder = try TemporaryFolder()
        cache = HubCache(folder.url)
        name = try #require(RepositoryName("maker/model"))
    }

    private func write(_ path: String, _ text: String = "x", of repository: String = "maker--model")
        throws
    {
        try folder.write(Data(text.utf8), to: "models--\(repository)/\(path)")
    }

    @Test func aModelIsFoundByItsBranch() throws {
        try write("refs/main", commit)
        for file in ["config.json", "model.safetensors", "tokenizer.json"] {
            try write("snapshots/\(commit)/\(file)")
        }
        let model = try #require(cache.model(name))
        #expect(model.isComplete)
        #expect(model.bytes == 3)
        #expect(model.commit == commit)
        #expect(cache.models().map(\.repository) == [name])
        #expect(cache.model(name, revision: "v1") == nil)
    }

    @Test func whatPythonOnlyBeganIsIncomplete() throws {
        // Its client notes the commit first, and links files as they come.
        try write("refs/main", commit)
        #expect(cache.model(name) == nil)
        try write("snapshots/\(commit)/config.json")
        #expect(cache.model(name)?.isComplete == false)
        try write("snapshots/\(commit)/tokenizer.json")
        let weights = folder.file("models--maker--model/snapshots/\(commit)/model.safetensors")
        try FileManager.default.createSymbolicLink(
            atPath: weights.path,
            withDestinationPath: "../../blobs/gone"
        )
        #expect(cache.model(name)?.isComplete == false)
    }

    @Test(arguments: ["", "main", "../../x", "D4D4", String(repeating: "g", count: 40)])
    func aBranchThatHoldsNoCommitIsNone(text: String) throws {
        try write("refs/main", text)
        try write("snapshots/\(text.isEmpty ? "x" : "y")/config.json")
        #expect(cache.model(name) == nil)
        #expect(cache.models().isEmpty)
    }

    @Test func whatIsNoModelIsPassedOver() throws {
        try folder.write(Data("x".utf8), to: "datasets--a--b/refs/main")
        try folder.write(Data("x".utf8), to: "CACHEDIR.TAG")
        #expect(cache.models().isEmpty)
        #expect(HubCache(folder.file("nowhere")).models().isEmpty)
    }
}
