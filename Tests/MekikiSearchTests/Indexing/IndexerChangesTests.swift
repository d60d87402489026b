import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

/// Files that move, vanish, return or are told of by a watcher.
@Suite struct IndexerChangesTests {
    private let bench: FlowBench

    init() throws { bench = try FlowBench() }

    private func presentPaths() async throws -> [String] {
        try await bench.catalog.files(under: nil).filter { !$0.isMissing }.map(\.location.path)
    }

    @Test func aFileOfTheSameLengthAndTimeRenamedOverAnotherIsSeen() async throws {
        for name in ["a.png", "b.png"] {
            try bench.put(name, "word \(name)")
            try bench.setTime(name, 1_000_000)
        }
        _ = try await bench.index()
        try bench.put("new.tmp", "fish \("a.png")")
        try bench.setTime("new.tmp", 1_000_000)
        rename(bench.folder.file("new.tmp").path, bench.folder.file("a.png").path)
        let report = try await bench.index()
        #expect(report.encodedCount == 1)
        #expect(report.unchangedCount == 1)
        #expect(try await bench.found("fish", limit: 1) == ["a.png"])
    }

    @Test func aCopiedFolderInItsOldPlaceIsNeitherReadNorEncoded() async throws {
        let count = 2 * IndexingPlan.believedInodeChanges
        for index in 0..<count { try bench.put("\(index).png", "word\(index)") }
        _ = try await bench.index()
        let old = bench.folder.url.path + "-old"
        defer { try? FileManager.default.removeItem(atPath: old) }
        try FileManager.default.moveItem(atPath: bench.folder.url.path, toPath: old)
        try #require(system("cp -a '\(old)' '\(bench.folder.url.path)'") == 0)
        let report = try await bench.index()
        #expect(report.unchangedCount == count)
        #expect(report.recognizedCount == 0)
        #expect(bench.reader.readCount == count)
        // The new numbers were noted: one file that is replaced now is seen.
        let first = try #require(try await bench.catalog.files(under: nil).first)
        let path = first.location.absolutePath
        try #require(system("cp -a '\(path)' '\(path).x' && mv '\(path).x' '\(path)'") == 0)
        #expect(try await bench.index().recognizedCount == 1)
    }

    @Test func aFileFromAMacWhoseNameIsComposedAnewIsMoved() async throws {
        let decomposed = "\u{30AB}\u{3099}.png"
        let composed = "\u{30AC}.png"
        try bench.put(decomposed, "red fish")
        for index in 0..<6 { try bench.put("\(index).png", "word\(index)") }
        _ = try await bench.index()
        let root = bench.folder.url.path
        try #require(rename("\(root)/\(decomposed)", "\(root)/\(composed)") == 0)
        let report = try await bench.index()
        #expect(report.recognizedCount == 1)
        #expect(report.goneCount == 1)
        #expect(report.encodedCount == 0)
        let paths = try await presentPaths().map { Array($0.utf8) }
        #expect(paths.contains(Array(composed.utf8)))
        #expect(!paths.contains(Array(decomposed.utf8)))
    }

    @Test func namesThatDifferOnlyInHowTheyAreComposedAreTwoFiles() async throws {
        try bench.put("\u{30AB}\u{3099}.png", "red fish")
        try bench.put("\u{30AC}.png", "blue bird")
        #expect(try await bench.index().encodedCount == 2)
        #expect(try await bench.index().unchangedCount == 2)
    }

    @Test(arguments: ["", "sub"])
    func aFolderThatLostMuchIsLeftAsItIs(_ folder: String) async throws {
        let prefix = folder.isEmpty ? "" : folder + "/"
        for index in 0..<10 { try bench.put("\(prefix)\(index).png", "word\(index)") }
        for index in 0..<90 { try bench.put("other/\(index).png", "thing\(index)") }
        _ = try await bench.index()
        let lost = folder.isEmpty ? 0..<90 : 0..<3
        for index in lost {
            try bench.delete((folder.isEmpty ? "other/" : prefix) + "\(index).png")
        }
        let path = bench.folder.file(folder).path
        let report = try await bench.index(folders: [path])
        #expect(report.goneCount == 0)
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.contains("--prune") == true)
        #expect(try await bench.catalog.statistics().missingFileCount == 0)
        #expect(try await bench.index(folders: [path], prune: true).goneCount == lost.count)
    }

    @Test func aMountPointThatLostItsDiskDuringTheRunChangesNothing() async throws {
        for index in 0..<10 { try bench.put("\(index).png", "word\(index)") }
        _ = try await bench.index()
        try bench.delete("9.png")
        try bench.put("new.png", "blue bird")
        let folder = bench.folder.url.path
        defer { try? FileManager.default.removeItem(atPath: folder + "-disk") }
        let report = try await bench.index { progress in
            // As if unmounted after the folder was listed: an empty mount point is left.
            guard progress.phase == .indexing, progress.done == 0 else { return }
            rename(folder, folder + "-disk")
            mkdir(folder, 0o755)
        }
        #expect(report.goneCount == 0)
        #expect(report.warnings.contains { $0.contains("went away") })
        #expect(try await bench.catalog.statistics().missingFileCount == 0)
    }

    // MARK: What a watcher tells

    @Test func onlyTouchedFoldersAreLookedAt() async throws {
        for name in ["a/1.png", "b/1.png", "b/c/1.png"] { try bench.put(name, "word \(name)") }
        _ = try await bench.index()
        for name in ["a/2.png", "b/2.png", "b/c/2.png"] { try bench.put(name, "more \(name)") }
        let report = try await bench.indexChanges(touched: ["b"])
        #expect(report.encodedCount == 1)
        #expect(report.foundCount == 2)
        #expect(try await bench.indexChanges(whole: ["b"]).encodedCount == 1)
        #expect(try await bench.indexChanges(touched: ["a", ""]).encodedCount == 1)
    }

    @Test func theOnlyFileOfAFolderMayBeDeleted() async throws {
        try bench.put("a/1.png", "red fish")
        _ = try await bench.index()
        try bench.delete("a/1.png")
        let unseen = try await bench.indexChanges(touched: ["a"])
        #expect(unseen.goneCount == 0)
        #expect(unseen.warnings.count == 1)
        let seen = try await bench.indexChanges(touched: ["a"], deletions: ["a/1.png"])
        #expect(seen.goneCount == 1)
        #expect(seen.warnings.isEmpty)
    }

    @Test func aFolderThatWasRenamedKeepsItsImages() async throws {
        for index in 0..<5 { try bench.put("old/\(index).png", "word\(index)") }
        _ = try await bench.index()
        try bench.move("old", "new")
        let report = try await bench.indexChanges(
            touched: [""],
            whole: ["old", "new"],
            deletions: ["old"]
        )
        #expect(report.recognizedCount == 5)
        #expect(report.goneCount == 5)
        #expect(bench.encoder.encodedCount == 5)
        #expect(try await presentPaths() == (0..<5).map { "new/\($0).png" })
    }

    @Test func aWatchedFolderInsideARootBelongsToIt() async throws {
        try bench.put("sub/1.png", "red fish")
        try bench.put("2.png", "blue bird")
        _ = try await bench.index()
        try bench.put("sub/deep/3.png", "green frog")
        let place = FileLocation(root: try bench.root + "/sub", path: "deep")
        let indexer = Indexer(
            catalog: bench.catalog,
            reader: bench.reader,
            encoder: bench.encoder,
            thumbnails: bench.thumbnails,
            threadCount: 2
        )
        let report = try await indexer.run(FolderChanges(whole: [place]))
        #expect(report.encodedCount == 1)
        #expect(try await bench.catalog.statistics().roots == [try bench.root])
        #expect(try await presentPaths() == ["2.png", "sub/1.png", "sub/deep/3.png"])
    }

    @Test func aWatchedFolderThatIsGoneIsLeftAsItIs() async throws {
        for index in 0..<3 { try bench.put("\(index).png", "word\(index)") }
        _ = try await bench.index()
        let root = try bench.root
        try FileManager.default.removeItem(atPath: root)
        let indexer = Indexer(
            catalog: bench.catalog,
            reader: bench.reader,
            encoder: bench.encoder,
            thumbnails: bench.thumbnails,
            threadCount: 2
        )
        let changes = FolderChanges(whole: [FileLocation(root: root, path: "")])
        let report = try await indexer.run(changes)
        #expect(report.goneCount == 0)
        #expect(!report.warnings.isEmpty)
        #expect(try await presentPaths().count == 3)
    }
}
