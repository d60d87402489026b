#if os(Linux)
import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

/// The system's own events, for what people and programs do in folders.
@Suite(.timeLimit(.minutes(10))) struct InotifyWatcherTests {
    private let folder: TemporaryFolder
    private let root: String

    init() throws {
        folder = try TemporaryFolder()
        root = try FolderScan.resolve(folder.path)
    }

    private func place(_ path: String) -> FileLocation { FileLocation(root: root, path: path) }

    /// What is told of work, each event once; a marker file ends the waiting.
    private func events(
        excluded: String? = nil,
        _ work: () throws -> Void
    ) async throws -> [WatchEvent] {
        let watcher = try InotifyWatcher(passingOver: excluded)
        watcher.watch(root)
        try work()
        try folder.write(Data("x".utf8), to: "marker.png")
        var events: [WatchEvent] = []
        for await event in watcher.events {
            if event == .changed(place("marker.png")) { break }
            if event != .writing(place("marker.png")), !events.contains(event) {
                events.append(event)
            }
        }
        watcher.end()
        for await _ in watcher.events {}
        return events
    }

    @Test func aFileIsWrittenAndThenComplete() async throws {
        let events = try await events {
            _ = FileManager.default.createFile(
                atPath: folder.file("a.png").path,
                contents: Data("abc".utf8)
            )
        }
        // Foundation writes beside a file and renames, or in place: both end with a complete file.
        #expect(events.last == .changed(place("a.png")))
    }

    @Test func aFileWrittenInPlaceIsFirstBeingWritten() async throws {
        let events = try await events {
            let file = open(folder.file("a.png").path, O_CREAT | O_WRONLY, 0o644)
            write(file, "abc", 3)
            close(file)
        }
        #expect(events == [.writing(place("a.png")), .changed(place("a.png"))])
    }

    @Test func movesAreADeletionAndAChange() async throws {
        try folder.write(Data("x".utf8), to: "a.png")
        try folder.write(Data("x".utf8), to: "b/c.png")
        let events = try await events {
            rename(folder.file("a.png").path, folder.file("b/d.png").path)
            unlink(folder.file("b/c.png").path)
        }
        #expect(
            events == [
                .deleted(place("a.png")), .changed(place("b/d.png")), .deleted(place("b/c.png")),
            ]
        )
    }

    @Test func newFoldersAreWatchedToo() async throws {
        let events = try await events {
            mkdir(folder.file("new").path, 0o755)
            // The watch needs a moment: what comes before it is found by looking through the folder.
            Thread.sleep(forTimeInterval: 0.3)
            link("/proc/self/exe", folder.file("new/never.png").path)
            symlink("nowhere", folder.file("new/a.png").path)
        }
        #expect(events == [.folderAppeared(place("new")), .changed(place("new/a.png"))])
    }

    @Test func aRenamedFolderIsKnownByItsNewName() async throws {
        try folder.write(Data("x".utf8), to: "old/deep/a.png")
        let events = try await events {
            rename(folder.file("old").path, folder.file("new").path)
            Thread.sleep(forTimeInterval: 0.3)
            unlink(folder.file("new/deep/a.png").path)
        }
        #expect(
            events == [
                .folderDeleted(place("old")), .folderAppeared(place("new")),
                .deleted(place("new/deep/a.png")),
            ]
        )
    }

    @Test func hiddenAndOtherFilesAndTheLibraryAreNoNews() async throws {
        try FileManager.default.createDirectory(
            at: folder.file("library/sub"),
            withIntermediateDirectories: true
        )
        let events = try await events(excluded: folder.file("library").path) {
            for name in [".a.png", "._b.png", "c.txt", "d", "library/e.png", "library/sub/f.png"] {
                let file = open(folder.file(name).path, O_CREAT | O_WRONLY, 0o644)
                close(file)
            }
        }
        #expect(events.isEmpty)
    }

    @Test func aRootThatIsRemovedIsTold() async throws {
        let inner = try TemporaryFolder()
        let path = try FolderScan.resolve(inner.path)
        let watcher = try InotifyWatcher()
        watcher.watch(path)
        rmdir(path)
        var seen: [WatchEvent] = []
        for await event in watcher.events {
            seen.append(event)
            break
        }
        #expect(seen == [.rootLeft(path)])
        watcher.end()
    }
}
#endif
