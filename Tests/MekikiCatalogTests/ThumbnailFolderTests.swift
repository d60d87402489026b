import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

@Suite struct ThumbnailFolderTests {
    private let folder: TemporaryFolder
    private let thumbnails: ThumbnailFolder
    /// SHA-256 of "abc": ba7816bf….
    private let hash = ContentHash(of: Data("abc".utf8))

    init() throws {
        folder = try TemporaryFolder()
        thumbnails = ThumbnailFolder(url: folder.file("thumbnails"))
    }

    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            var isFolder: ObjCBool = false
            let path = folder.file($0).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    @Test func aThumbnailComesBack() throws {
        #expect(thumbnails.thumbnail(of: hash, .medium) == nil)
        try thumbnails.save(Data([1, 2, 3]), of: hash, .medium)
        #expect(thumbnails.thumbnail(of: hash, .medium) == Data([1, 2, 3]))
    }

    @Test func theHashNamesTheFileAndNothingElseIsLeft() throws {
        for _ in 0..<3 { try thumbnails.save(Data([1]), of: hash, .medium) }
        let name = "7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.webp"
        #expect(try files() == ["thumbnails/ba/\(name)"])
    }

    @Test func aSecondThumbnailReplacesTheFirst() throws {
        try thumbnails.save(Data([1, 2, 3]), of: hash, .medium)
        try thumbnails.save(Data([4]), of: hash, .medium)
        #expect(thumbnails.thumbnail(of: hash, .medium) == Data([4]))
    }

    @Test func sizesStandSideBySide() throws {
        for size in ThumbnailSize.allCases {
            try thumbnails.save(Data([UInt8(size.side / 256)]), of: hash, size)
        }
        for size in ThumbnailSize.allCases {
            #expect(thumbnails.thumbnail(of: hash, size) == Data([UInt8(size.side / 256)]))
        }
        #expect(try files().count == ThumbnailSize.allCases.count)
    }

    @Test func removalForgetsAllSizes() throws {
        for size in ThumbnailSize.allCases { try thumbnails.save(Data([1]), of: hash, size) }
        for _ in 0..<2 { thumbnails.removeThumbnails(of: hash) }
        #expect(thumbnails.thumbnail(of: hash, .medium) == nil)
        #expect(try files().isEmpty)
    }

    @Test func whatCantBeWrittenIsSaidToBe() throws {
        try folder.write(Data(), to: "thumbnails")
        let error = #expect(throws: MekikiError.self) {
            try thumbnails.save(Data([1]), of: hash, .medium)
        }
        #expect(error?.code == .inputOutput)
        #expect(error?.subject?.contains("thumbnails/ba/7816") == true)
    }

    @Test func savingSideBySideKeepsOneWhole() async throws {
        let hash = hash
        let thumbnails = thumbnails
        try await withThrowingTaskGroup(of: Void.self) { group in
            for byte in 1...16 as ClosedRange<UInt8> {
                group.addTask {
                    try thumbnails.save(Data(repeating: byte, count: 10_000), of: hash, .medium)
                }
            }
            try await group.waitForAll()
        }
        let found = try #require(thumbnails.thumbnail(of: hash, .medium))
        #expect(found.count == 10_000)
        #expect(Set(found).count == 1)
        #expect(try files().count == 1)
    }
}
