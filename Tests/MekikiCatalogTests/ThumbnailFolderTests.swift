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

    /// The beginning of a WebP file and some bytes: all that a folder looks at.
    private func webP(_ bytes: UInt8...) -> Data { webP(bytes) }

    private func webP(_ bytes: [UInt8]) -> Data {
        let length = UInt32(bytes.count + 4)
        return Data("RIFF".utf8) + withUnsafeBytes(of: length.littleEndian) { Data($0) }
            + Data("WEBP".utf8) + Data(bytes)
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
        try thumbnails.save(webP(1, 2, 3), of: hash, .medium)
        #expect(thumbnails.thumbnail(of: hash, .medium) == webP(1, 2, 3))
    }

    @Test func theHashNamesTheFileAndNothingElseIsLeft() throws {
        for _ in 0..<3 { try thumbnails.save(Data([1]), of: hash, .medium) }
        let name = "7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.webp"
        #expect(try files() == ["thumbnails/ba/\(name)"])
    }

    @Test func aSecondThumbnailReplacesTheFirst() throws {
        try thumbnails.save(webP(1, 2, 3), of: hash, .medium)
        try thumbnails.save(webP(4), of: hash, .medium)
        #expect(thumbnails.thumbnail(of: hash, .medium) == webP(4))
    }

    @Test func sizesStandSideBySide() throws {
        for size in ThumbnailSize.allCases {
            try thumbnails.save(webP(UInt8(size.side / 256)), of: hash, size)
        }
        for size in ThumbnailSize.allCases {
            #expect(thumbnails.thumbnail(of: hash, size) == webP(UInt8(size.side / 256)))
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
                    try thumbnails.save(
                        webP([UInt8](repeating: byte, count: 10_000)),
                        of: hash,
                        .medium
                    )
                }
            }
            try await group.waitForAll()
        }
        let found = try #require(thumbnails.thumbnail(of: hash, .medium))
        #expect(found.count == 10_012)
        #expect(Set(found.dropFirst(12)).count == 1)
        #expect(try files().count == 1)
    }

    /// What a power cut makes of a file that was not on the disk yet.
    @Test(arguments: [0, 5, 12, 14])
    func aFileThatIsNotWholeIsNone(_ length: Int) throws {
        try thumbnails.save(webP(1, 2, 3), of: hash, .medium)
        let file = try #require(try files().first)
        try webP(1, 2, 3).prefix(length).write(to: folder.file(file))
        #expect(thumbnails.thumbnail(of: hash, .medium) == nil)
    }

    @Test func theUnfinishedFilesOfDeadProcessesAreRemoved() throws {
        let own = ProcessInfo.processInfo.processIdentifier
        // No process has the greatest number that there is.
        for name in ["\(Int32.max)-1", "\(own)-1", "nonsense"] {
            try folder.write(Data([1]), to: "thumbnails/.unfinished/\(name)")
        }
        thumbnails.removeUnfinished()
        #expect(try files() == ["thumbnails/.unfinished/\(own)-1"])
    }

    @Test func aSurveyFindsWhatIsMissingAndWhatIsSurplus() throws {
        let other = ContentHash(of: Data("other".utf8))
        let gone = ContentHash(of: Data("gone".utf8))
        for one in [hash, gone] { try thumbnails.save(webP(1), of: one, .medium) }
        try thumbnails.save(webP(1), of: hash, .full)
        try folder.write(Data([1, 2]), to: "thumbnails/ba/strange")
        try folder.write(Data([1]), to: "thumbnails/.unfinished/1-1")
        let survey = thumbnails.survey(
            present: [hash: ImageID(rawValue: 1), other: ImageID(rawValue: 2)],
            known: [hash, other]
        )
        #expect(survey.missing == [ImageID(rawValue: 2)])
        #expect(survey.surplus.count == 2)
        #expect(survey.surplusByteCount == webP(1).count + 2)
    }
}
