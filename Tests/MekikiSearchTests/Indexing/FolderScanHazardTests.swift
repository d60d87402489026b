import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

/// What a folder may hold that is no image, can't be reached, or has a name to stumble over.
@Suite struct FolderScanHazardTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ paths: String...) throws {
        for path in paths { try folder.write(Data(path.utf8), to: path) }
    }

    private func paths(_ scan: FolderScan) -> [String] { scan.files.map(\.location.path) }

    @Test func pipesSocketsAndFoldersNamedLikeImagesArePassedOver() throws {
        try put("a.png", "folder.png/b.png")
        try #require(mkfifo(folder.file("pipe.png").path, 0o600) == 0)
        let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(folder.file("socket.png").path.utf8CString)
        try #require(path.count <= MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            path.withUnsafeBytes { bytes.copyMemory(from: $0) }
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 }
        }
        try #require(isBound)
        let scan = try FolderScan(folder.path)
        #expect(paths(scan) == ["a.png", "folder.png/b.png"])
        #expect(scan.problems.isEmpty)
    }

    @Test func aFolderIsListedUnderItsOwnNameRatherThanALinks() throws {
        try put("z/a.png", "outside/b.png")
        let root = folder.file("z").deletingLastPathComponent()
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "a-link"),
            withDestinationURL: root.appending(path: "z")
        )
        #expect(paths(try FolderScan(folder.path)) == ["outside/b.png", "z/a.png"])

        let other = try TemporaryFolder()
        try other.write(Data(), to: "c.png")
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "z/far"),
            withDestinationURL: other.url
        )
        let expected = ["outside/b.png", "z/a.png", "z/far/c.png"]
        #expect(paths(try FolderScan(folder.path)) == expected)
    }

    @Test func linksAroundInCirclesEnd() throws {
        try put("a/x.png")
        for (link, target) in [("a/up", ".."), ("a/self", "."), ("round", "round"), ("b", "a")] {
            try #require(symlink(target, folder.file(link).path) == 0)
        }
        let scan = try FolderScan(folder.path)
        #expect(paths(scan) == ["a/x.png"])
        #expect(scan.problems.isEmpty)
    }

    @Test func aFolderThatMayNotBeReadHidesItsFilesAndNoOthers() async throws {
        try put("a.png", "locked/b.png", "z/c.png")
        try #require(chmod(folder.path, 0o755) == 0)
        try #require(chmod(folder.file("locked").path, 0) == 0)
        defer { chmod(folder.file("locked").path, 0o755) }
        let path = folder.path
        let scan = try await withoutPrivileges { try FolderScan(path) }
        #expect(paths(scan) == ["a.png", "z/c.png"])
        #expect(scan.problems.map(\.location.path) == ["locked"])
        #expect(scan.problems.map(\.hidesFiles) == [true])
        #expect(scan.problems.first?.reason.contains("permission denied") == true)
    }

    @Test func aFolderThatMayBeListedButNotEnteredIsOneProblem() async throws {
        for index in 0..<9 { try put("listed/\(index).png") }
        try #require(chmod(folder.path, 0o755) == 0)
        try #require(chmod(folder.file("listed").path, 0o444) == 0)
        defer { chmod(folder.file("listed").path, 0o755) }
        let path = folder.path
        let scan = try await withoutPrivileges { try FolderScan(path) }
        #expect(scan.files.isEmpty)
        #expect(scan.problems.map(\.location.path) == ["listed"])
        #expect(scan.problems.map(\.hidesFiles) == [true])
    }

    @Test func aFileThatMayNotBeReadIsAPassingFailure() async throws {
        try put("a.png")
        try #require(chmod(folder.path, 0o755) == 0)
        try #require(chmod(folder.file("a.png").path, 0) == 0)
        let location = FileLocation(root: folder.path, path: "a.png")
        let error = await #expect(throws: MekikiError.self) {
            _ = try await withoutPrivileges {
                try FileContent(at: location, maximumSize: 100)?.stamp
            }
        }
        #expect(error?.code == .noInput)
        #expect(error?.message.contains("check its permissions") == true)
    }

    @Test func aNameOf255BytesIsAName() throws {
        let name = String(repeating: "画", count: 83) + "x.png"
        try #require(name.utf8.count == 254)
        try put(name)
        #expect(paths(try FolderScan(folder.path)) == [name])
    }

    @Test func whatLiesDeeperThanTheLongestPathIsAProblemAndTheWalkGoesOn() throws {
        try put("z.png")
        let name = String(repeating: "n", count: 250)
        var descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        for depth in 0..<20 {
            let file = openat(descriptor, "\(depth).png", O_CREAT | O_WRONLY, 0o644)
            try #require(file >= 0)
            close(file)
            try #require(mkdirat(descriptor, name, 0o755) == 0)
            let next = openat(descriptor, name, O_RDONLY | O_DIRECTORY)
            try #require(next >= 0)
            close(descriptor)
            descriptor = next
        }
        close(descriptor)
        let scan = try FolderScan(folder.path)
        #expect(paths(scan).contains("z.png"))
        #expect(paths(scan).count > 14)
        #expect(scan.files.allSatisfy { $0.location.absolutePath.utf8.count < 4096 })
        #expect(scan.problems.count == 1)
        #expect(scan.problems.first?.reason.contains("longer than the system takes") == true)
        // Foundation can't remove such a tree either.
        #expect(system("rm -rf '\(folder.path)/\(name)'") == 0)
    }

    @Test func partsOfARootAreScannedAlone() throws {
        try put("a.png", "s/b.png", "s/t/c.png", "u/d.png", "u/v/e.png", "w/f.png")
        let root = try FolderScan.resolve(folder.path)
        let scan = FolderScan(
            root: root,
            [
                ScanScope(folder: "u", isDeep: true), ScanScope(folder: "", isDeep: false),
                ScanScope(folder: "s", isDeep: false), ScanScope(folder: "gone", isDeep: true),
            ]
        )
        #expect(paths(scan) == ["a.png", "s/b.png", "u/d.png", "u/v/e.png"])
        #expect(scan.problems.isEmpty)
        for path in ["x.png", "s/x.png", "u/x.png", "u/v/w/x.png", "gone/x/y.png"] {
            #expect(scan.covers(FileLocation(root: root, path: path)), "\(path)")
        }
        for path in ["s/t/x.png", "w/x.png", "ux/x.png"] {
            #expect(!scan.covers(FileLocation(root: root, path: path)), "\(path)")
        }
    }

    @Test func aRootThatWasTakenAwayIsNoticed() throws {
        try put("a.png")
        let scan = try FolderScan(folder.path)
        #expect(scan.isStillThere)
        try FileManager.default.moveItem(at: folder.url, to: folder.url.appendingPathExtension("x"))
        defer { try? FileManager.default.removeItem(at: folder.url.appendingPathExtension("x")) }
        #expect(!scan.isStillThere)
        // As the empty mount point that an unmounted disk leaves.
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: false)
        #expect(!scan.isStillThere)
    }
}
