#if os(Linux)
import Foundation
import MekikiTesting
import Testing

/// `mekiki index --watch` from outside.
@Suite(.serialized, .timeLimit(.minutes(10))) struct WatchTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    /// Waits for a document of a run that says what is expected.
    private func wait(
        for run: RunningProgram,
        until isExpected: ([[String: Any]]) -> Bool
    ) throws {
        for _ in 0..<600 {
            if isExpected(run.documents) { return }
            try #require(run.isRunning, "\(run.errors)")
            Thread.sleep(forTimeInterval: 0.1)
        }
        Issue.record("Nothing came: \(run.documents) \(run.errors)")
    }

    private func sum(_ documents: [[String: Any]], _ field: String) -> Int {
        documents.compactMap { $0[field] as? Int }.reduce(0, +)
    }

    @Test func whatChangesIsIndexedUntilTheEnd() throws {
        let samples = try BuiltProgram.sampleFiles()
        let images = try program.copySamples(3)
        let run = try program.start("index", "--watch", "--json", images.path)
        defer { run.end(SIGKILL) }
        try wait(for: run) { sum($0, "new") == 3 }

        // The lock is free between runs.
        #expect(try program.run("index", "--quiet", images.path).status == 0)

        // A new folder with a file in it, and one that is moved here when it is complete.
        let album = images.appending(path: "album")
        try FileManager.default.createDirectory(at: album, withIntermediateDirectories: true)
        for (index, file) in samples[3..<5].enumerated() {
            let part = album.appending(path: "\(index).part")
            try FileManager.default.copyItem(at: file, to: part)
            let name = "\(index).\(file.pathExtension)"
            try FileManager.default.moveItem(at: part, to: album.appending(path: name))
        }
        try wait(for: run) { sum($0, "new") == 5 }

        // Renamed: recognised. Deleted, though it is a large part of the folder: gone.
        let renamed = images.appending(path: "renamed")
        try FileManager.default.moveItem(at: album, to: renamed)
        try wait(for: run) { sum($0, "recognized") == 2 && sum($0, "gone") == 2 }
        try FileManager.default.removeItem(at: renamed)
        try wait(for: run) { sum($0, "gone") == 4 }
        #expect(run.documents.allSatisfy { ($0["warnings"] as? [Any])?.isEmpty == true })

        run.end(SIGTERM)
        #expect(run.status == 0)
        #expect(try program.run("stats", "--json").documents.first?["images"] as? Int == 3)
    }

    @Test func aFolderThatGoesIsWaitedForAndNothingIsChanged() throws {
        let images = try program.copySamples(3)
        let run = try program.start("index", "--watch", "--json", images.path)
        defer { run.end(SIGKILL) }
        try wait(for: run) { sum($0, "new") == 3 }
        let away = images.appendingPathExtension("away")
        try FileManager.default.moveItem(at: images, to: away)
        try wait(for: run) { _ in run.errors.contains("went away") }
        try FileManager.default.moveItem(at: away, to: images)
        let file = try #require(BuiltProgram.sampleFiles().dropFirst(3).first)
        try FileManager.default.copyItem(
            at: file,
            to: images.appending(path: "later." + file.pathExtension)
        )
        try wait(for: run) { sum($0, "new") == 4 }
        #expect(sum(run.documents, "gone") == 0)
        run.end(SIGINT)
        #expect(run.status == 0)
    }
}
#endif
