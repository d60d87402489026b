import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@testable import MekikiKit

@Suite struct RelevanceFolderTests {
    private let folder: TemporaryFolder
    private let space = VectorSpace(model: "m", revision: "1", dimension: 2)
    private let vectors = [Embedding(unit: [1, 0]), Embedding(unit: [0.6, -0.8])]

    init() throws {
        folder = try TemporaryFolder()
        try Data("one".utf8).write(to: catalog)
    }

    private var catalog: URL { folder.url.appending(path: "catalog") }

    private var store: RelevanceFolder {
        RelevanceFolder(url: folder.url.appending(path: "cache/relevance"), library: catalog)
    }

    private var finding: RelevanceFinding {
        RelevanceFinding(imageCount: 40, scores: ScoreCalibration([0.1, 0.25]))
    }

    @Test func whatIsKeptComesBack() {
        #expect(store.vectors(of: space, "1") == nil)
        store.keep(vectors, of: space, "1")
        store.keep(finding, in: .image, of: space, "1")
        #expect(store.vectors(of: space, "1") == vectors)
        #expect(store.finding(in: .image, of: space, "1") == finding)
    }

    @Test func othersGetNothingOfIt() throws {
        store.keep(vectors, of: space, "1")
        store.keep(finding, in: .image, of: space, "1")
        var other = space
        other.revision = "2"
        #expect(store.vectors(of: other, "1") == nil && store.vectors(of: space, "2") == nil)
        #expect(store.finding(in: .image, of: other, "1") == nil)
        #expect(store.finding(in: .captionVector, of: space, "1") == nil)
        // Another library in the place of the first.
        try FileManager.default.moveItem(at: catalog, to: folder.url.appending(path: "former"))
        try Data("two".utf8).write(to: catalog)
        #expect(store.finding(in: .image, of: space, "1") == nil)
        #expect(store.vectors(of: space, "1") == vectors)
    }

    @Test func damagedFilesAndFullDisksAreNoErrors() throws {
        store.keep(vectors, of: space, "1")
        store.keep(finding, in: .image, of: space, "1")
        for file in try FileManager.default.contentsOfDirectory(
            at: store.url,
            includingPropertiesForKeys: nil
        ) {
            try Data("bplist00 no more".utf8).write(to: file)
        }
        #expect(store.vectors(of: space, "1") == nil)
        #expect(store.finding(in: .image, of: space, "1") == nil)
        let nowhere = RelevanceFolder(url: catalog.appending(path: "below"), library: catalog)
        nowhere.keep(vectors, of: space, "1")
        #expect(nowhere.vectors(of: space, "1") == nil)
    }
}
