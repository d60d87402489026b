import Foundation
import MekikiTesting
import Testing

/// What the program says when the world is not as it should be; Scripts/faults goes through more of it.
@Suite(.serialized) struct FaultTests {
    private let program: BuiltProgram
    private var library: URL { program.folder.file("library") }
    private var catalog: URL { library.appending(path: "catalog.sqlite") }

    init() throws { program = try BuiltProgram() }

    /// Makes a library of a few images.
    private func index(_ count: Int = 6) throws -> URL {
        let images = try program.copySamples(count)
        let outcome = try program.run("index", "--quiet", images.path)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return images
    }

    private func expect(
        _ outcome: BuiltProgram.Outcome,
        _ status: Int32,
        _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        let last = outcome.errors.split(separator: "\n").last ?? ""
        #expect(
            last.hasPrefix("mekiki: ") && last.contains(words),
            "\(outcome.errors)",
            sourceLocation: sourceLocation
        )
    }

    @Test func aDamagedCatalogIsSaidToBeRepairedAndIndexedAgain() throws {
        let images = try index()
        let before = try program.run("search", "--json", "cat").output
        let file = try FileHandle(forUpdating: catalog)
        // The first pages hold the lists of tables and images.
        for page in 1..<6 {
            try file.seek(toOffset: UInt64(page * 8192))
            try file.write(contentsOf: Data(repeating: 0xA5, count: 8192))
        }
        try file.close()
        for arguments in [["search", "cat"], ["stats"], ["doctor"], ["index", images.path]] {
            expect(try program.run(arguments), 65, "`mekiki doctor --repair`")
        }
        let repaired = try program.run("doctor", "--repair")
        #expect(repaired.status == 0, "\(repaired.errors)")
        for words in ["Repaired: ", "Saved: ", "catalog.sqlite.damaged-1", "The catalog is sound."]
        {
            #expect(repaired.output.contains(words))
        }
        #expect(try program.run("index", "--quiet", images.path).status == 0)
        let after = try program.run("search", "--json", "cat")
        #expect(after.status == 0)
        #expect(after.documents.first?["total"] as? Int == 6)
        #expect(!before.isEmpty)
    }

    @Test func anEmptiedCatalogIsNotTakenForAnEmptyLibrary() throws {
        _ = try index(2)
        try Data().write(to: catalog)
        expect(try program.run("search", "cat"), 65, "0 bytes")
    }

    @Test func aNewerLibraryIsRefusedByEveryCommand() throws {
        let images = try index(1)
        // The name of the first step, in the list of those that were taken.
        var bytes = try Data(contentsOf: catalog)
        while let place = bytes.range(of: Data("2 average colours".utf8)) {
            bytes.replaceSubrange(place, with: Data("9 something new!!".utf8))
        }
        try bytes.write(to: catalog)
        for arguments in [
            ["search", "cat"], ["stats"], ["show", "1"], ["doctor"], ["doctor", "--repair"],
            ["remove", "1"], ["index", images.path], ["serve", "--port", "0"],
        ] {
            expect(try program.run(arguments), 78, "A newer version of Mekiki wrote this library.")
        }
        let after = try Data(contentsOf: catalog)
        #expect(after.range(of: Data("9 something new!!".utf8)) != nil)
    }

    @Test func aFileInPlaceOfTheLibraryIsNamed() throws {
        let images = try program.copySamples(1)
        try Data("x".utf8).write(to: library)
        expect(try program.run("search", "cat"), 66, "This is a file.")
        expect(try program.run("index", images.path), 73, "This is a file.")
    }

    @Test func theDoctorRemovesSurplusThumbnailsAndMakesMissingOnes() throws {
        let images = try index(3)
        let thumbnails = library.appending(path: "thumbnails")
        let files = try FileManager.default.subpathsOfDirectory(atPath: thumbnails.path)
            .filter { $0.hasSuffix(".webp") }
        try FileManager.default.removeItem(
            at: thumbnails.appending(path: try #require(files.first))
        )
        // An image that is gone leaves its thumbnail behind.
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: images.path).first)
        try FileManager.default.removeItem(at: images.appending(path: name))
        #expect(try program.run("index", "--quiet", "--prune", images.path).status == 0)
        let found = try program.run("doctor", "--json")
        let before = try #require(found.documents.first?["library"] as? [String: Any])
        #expect(
            (before["surplusThumbnails"] as? Int ?? 0)
                + (before["imagesWithoutThumbnail"] as? Int ?? 0) >= 1
        )
        let mended = try program.run("doctor", "--repair", "--json")
        let after = try #require(mended.documents.first?["library"] as? [String: Any])
        #expect(after["surplusThumbnails"] as? Int == 0)
        #expect(after["imagesWithoutThumbnail"] as? Int == 0)
    }

    @Test func vectorsOfAModelAreForgotten() throws {
        let images = try index(3)
        expect(try program.run("remove", "--vectors", "nonsense"), 66, "It has: starter@")
        #expect(try program.run("remove", "--vectors", "starter").output == "Forgot 3 vectors.\n")
        let found = try program.run(
            "search",
            "--json",
            "--target",
            "image",
            "--method",
            "vector",
            "cat"
        )
        #expect(found.documents.first?["total"] as? Int == 0)
        let again = try program.run("index", "--json", images.path)
        #expect(again.documents.first?["completed"] as? Int == 3)
    }

    @Test func aFullOutputIsSaidToBe() throws {
        _ = try index(2)
        let outcome = try program.run(shell: "search cat > /dev/full")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("The results could not be written"))
    }

    @Test func aFileThatMayNotGrowIsAFullDisk() throws {
        let images = try program.copySamples(3)
        // In KiB; the catalog alone takes more.
        let outcome = try program.run(shell: "index --quiet '\(images.path)'", limit: "-f 20")
        expect(outcome, 74, "The disk")
        #expect(try program.run("index", "--quiet", images.path).status == 0)
        #expect(try program.run("doctor").output.contains("The catalog is sound."))
    }
}
