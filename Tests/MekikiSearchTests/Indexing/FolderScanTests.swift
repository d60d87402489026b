import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct FolderScanTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ paths: String...) throws {
        for path in paths {
            let file = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(path.utf8).write(to: file)
        }
    }

    private func scannedPaths() throws -> [String] {
        try FolderScan(folder.url.path).files.map(\.location.path)
    }

    @Test func filesAreListedInTheOrderOfTheirPaths() throws {
        try put("b.png", "a/z.jpg", "a/c/猫.webp")
        #expect(try scannedPaths() == ["a/c/猫.webp", "a/z.jpg", "b.png"])
    }

    @Test(arguments: ["x.jpg", "x.JPG", "x.jpeg", "x.Jpeg", "x.tif", "x.TIFF", "x.gif", "x.webp"])
    func endingsCountInAnyCase(_ name: String) throws {
        try put(name)
        #expect(try scannedPaths() == [name])
    }

    @Test(arguments: [
        "x.txt", "x", "jpg", "x.png.part", "x.pdf", ".x.png", "._x.png", ".git/x.png",
    ])
    func otherAndHiddenFilesArePassedOver(_ path: String) throws {
        try put(path)
        #expect(try scannedPaths().isEmpty)
    }

    @Test func stampsHoldLengthAndTime() throws {
        try put("a.png")
        let file = folder.url.appending(path: "a.png")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
            ofItemAtPath: file.path
        )
        let stamp = try #require(FolderScan(folder.url.path).files.first?.stamp)
        #expect(stamp.agrees(with: FileStamp(byteCount: 5, modifiedAt: 1_000_000_000_000_000)))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(stamp.inode == attributes[.systemFileNumber] as? UInt64)
    }

    @Test func aLinkToAFolderAboveIsNotFollowedForEver() throws {
        try put("a/x.png")
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "a/loop"),
            withDestinationURL: folder.url
        )
        #expect(try scannedPaths() == ["a/x.png"])
    }

    @Test func aLinkThatLeadsNowhereIsPassedOver() throws {
        try put("x.png")
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "y.png"),
            withDestinationURL: folder.url.appending(path: "nothing.png")
        )
        #expect(try scannedPaths() == ["x.png"])
    }

    @Test func aFolderInsideAKnownRootBelongsToIt() throws {
        try put("2024/a.png", "2023/b.png")
        let root = try FolderScan(folder.url.path).root
        let scan = try FolderScan(folder.url.appending(path: "2024").path, within: [root])
        #expect(scan.root == root)
        #expect(scan.files.map(\.location.path) == ["2024/a.png"])
        #expect(scan.folder == root + "/2024")
    }

    @Test func aFolderBesideAKnownRootOfTheSameBeginningDoesNot() throws {
        try put("pictures/a.png", "pictures-old/b.png")
        let root = try FolderScan(folder.url.path).root
        let scan = try FolderScan(root + "/pictures-old", within: [root + "/pictures"])
        #expect(scan.root == root + "/pictures-old")
    }

    @Test func aTimeBeyondTheYear2262DoesNoHarm() throws {
        try put("a.png")
        var times = [timespec(tv_sec: 13_569_465_600, tv_nsec: 0)]
        times.append(times[0])
        let path = folder.url.appending(path: "a.png").path
        try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
        #expect(try FolderScan(folder.url.path).files.first?.stamp.modifiedAt == .max)
    }

    @Test func composedAndDecomposedNamesAreTwoFolders() throws {
        try put("\u{304C}/a.png", "\u{304B}\u{3099}/b.png")
        let root = try FolderScan(folder.url.path).root
        #expect(try FolderScan(root).files.count == 2)
        let scan = try FolderScan(
            root + "/\u{304B}\u{3099}",
            within: [root + "/\u{304C}", root]
        )
        #expect(scan.files.count == 1)
        #expect(scan.files.first?.location.path.hasSuffix("b.png") == true)
    }

    @Test func aNameThatIsNotUTF8IsReportedAndHidesNothing() throws {
        try put("a.png")
        let strange = Array(folder.url.path.utf8CString.dropLast()) + [0x2F, -1, 0x2E, 0x70, 0x6E]
        let descriptor = open(strange + [0x67, 0], O_CREAT | O_WRONLY, 0o644)
        try #require(descriptor >= 0)
        close(descriptor)
        let scan = try FolderScan(folder.url.path)
        #expect(scan.files.map(\.location.path) == ["a.png"])
        #expect(scan.problems.map(\.hidesFiles) == [false])
    }

    @Test func thePassedOverFolderIsNotEntered() throws {
        try put("a.png", "library/thumbnails/b.webp")
        let scan = try FolderScan(
            folder.url.path,
            passingOver: folder.url.appending(path: "library").path
        )
        #expect(scan.files.map(\.location.path) == ["a.png"])
    }

    @Test func anAbsentFolderIsAClearError() throws {
        let path = folder.url.appending(path: "nothing").path
        let error = #expect(throws: MekikiError.self) { try FolderScan(path) }
        #expect(error?.code == .noInput)
        #expect(error?.subject == path)
    }

    @Test func aFileIsNotAFolder() throws {
        try put("x.png")
        let path = folder.url.appending(path: "x.png").path
        let error = #expect(throws: MekikiError.self) { try FolderScan(path) }
        #expect(error?.code == .noInput)
        #expect(error?.message.contains("not a folder") == true)
    }
}
