import Foundation
import MekikiCore
import MekikiImages
import MekikiTesting
import Testing

@testable import MekikiOCR

/// Reads the drawn pictures of Fixtures with the Tesseract that is installed.
@Suite struct TesseractEngineTests {
    private let installation: TesseractInstallation
    private let engine: TesseractEngine

    init() throws {
        installation = try TesseractInstallation()
        engine = TesseractEngine(installation, processCount: 2)
    }

    private func picture(_ name: String) throws -> PixelBuffer {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/\(name).png")
        let request = ImageReadRequest(encoderSide: 2000, thumbnailSide: nil)
        return try #require(try VipsImageReader().read(Data(contentsOf: file), request).pixels)
    }

    private func lines(_ name: String) async throws -> [TextLine] {
        try await engine.read([picture(name)])[0].get()
    }

    private func text(_ name: String) async throws -> [String] {
        try await lines(name).map(\.text)
    }

    private let japanese = ["本日は晴天なり、宇宙へ行く。", "東京都の三毛猫が眠っている"]
    private let english = ["The quick brown fox jumps", "over the lazy dog in 2024."]

    @Test func whatTheTestsNeedIsInstalled() {
        #expect(installation.missing == nil)
        #expect(installation.languages == ["jpn", "jpn_vert", "eng"])
        #expect(engine.version.hasPrefix("tesseract-"))
        #expect(engine.version.contains("jpn+jpn_vert+eng"))
    }

    @Test func japaneseLinesAreReadWithoutSpaces() async throws {
        #expect(try await text("japanese") == japanese)
        #expect(try await text("night") == japanese)
    }

    @Test func englishKeepsItsSpaces() async throws {
        #expect(try await text("english") == english)
    }

    @Test func columnsAreReadDownwards() async throws {
        let text = try await text("columns").joined(separator: "\n")
        #expect(text.contains("猫である名前はまだ無い"))
        #expect(text.contains("どこで生れたか見当がつか"))
    }

    @Test func turnedTextIsRead() async throws {
        // Of the first line, Tesseract 5.3 loses the first character when it turns the page itself.
        let text = try await text("turned-left")
        #expect(text.first?.hasSuffix("日は晴天なり、宇宙へ行く。") == true)
        #expect(text.last?.hasSuffix("京都の三毛猫が眠っている") == true)
        #expect(try await self.text("upside-down") == english)
    }

    @Test func smallLettersAreEnlarged() async throws {
        #expect(try await text("small").first == japanese[0])
    }

    @Test func aTitleOnADrawingIsRead() async throws {
        #expect(try await text("title") == ["三毛猫カフェ"])
    }

    @Test func aPictureWithoutTextHasNone() async throws {
        #expect(try await text("discs") == [])
        let tiny = PixelBuffer(width: 3, height: 200, bytes: [UInt8](repeating: 9, count: 1800))
        #expect(try await engine.read([tiny])[0].get() == [])
        #expect(try await engine.read([]).isEmpty)
    }

    /// The places of lines are those in the upright picture.
    @Test func linesHaveTheirPlaces() async throws {
        let lines = try await lines("english")
        try #require(lines.count == 2)
        // Drawn at 30 of 560 columns, and at 30 and 94 of 188 rows, 32 high.
        #expect(abs(lines[0].x - 30.0 / 560) < 0.02)
        #expect((30.0 / 188...70.0 / 188).contains(Double(lines[0].y)))
        #expect((94.0 / 188...134.0 / 188).contains(Double(lines[1].y)))
        #expect((0.1...0.3).contains(lines[0].height))
        #expect(lines.allSatisfy { $0.confidence > 0.8 && $0.x + $0.width <= 1 })
    }

    @Test func severalPicturesKeepTheirOrder() async throws {
        let names = ["english", "discs", "japanese", "title", "english"]
        let results = try await engine.read(names.map(picture))
        let texts = try results.map { try $0.get().map(\.text) }
        #expect(texts == [english, [], japanese, ["三毛猫カフェ"], english])
    }
}

/// What happens when the program fails, with a script in its place.
@Suite struct TesseractRunTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ script: String, limit: Duration = .seconds(60)) throws -> TesseractRun {
        let program = folder.url.appending(path: "tesseract")
        let source = folder.url.appending(path: "script")
        try Data(("#!/bin/sh\n" + script).utf8).write(to: source)
        // A program that another test starts just now has inherited what is open here, and a file that
        // is open for writing can't be run; so a process that starts no others writes it.
        let install = Process()
        install.executableURL = URL(filePath: "/usr/bin/install")
        install.arguments = ["-m", "755", source.path, program.path]
        try install.run()
        install.waitUntilExit()
        try #require(install.terminationStatus == 0)
        return TesseractRun(
            installation: TesseractInstallation(
                program: program.path,
                version: "1",
                languages: ["eng"],
                findsOrientation: false
            ),
            startLimit: limit,
            pictureLimit: .zero
        )
    }

    /// Pictures that differ in their width.
    private func pictures(_ widths: [Int]) -> [GrayPicture] {
        widths.map { width in
            GrayPicture(
                PixelBuffer(
                    width: width,
                    height: 10,
                    bytes: [UInt8](repeating: 7, count: 30 * width)
                ),
                scale: 1
            )
        }
    }

    /// Writes a page for each picture, unless one of width 13 is among them.
    private let picky = """
        page=0
        echo header
        while read -r file; do
            page=$((page + 1))
            case "$(sed -n 2p "$file" | tr -d '\\0')" in 13\\ *) FAILURE ;; esac
            printf '1\\t%d\\t0\\t0\\t0\\t0\\t0\\t0\\t9\\t9\\t-1\\t\\n' "$page"
        done < "$1"
        """

    @Test(arguments: ["kill -SEGV $$", "exit 3"])
    func aPictureThatEndsTheProgramCostsItselfAlone(_ failure: String) throws {
        let run = try run(picky.replacing("FAILURE", with: failure))
        let results = try run(pictures([11, 12, 13, 14]))
        #expect(results.map { (try? $0.get()) != nil } == [true, true, false, true])
        let reason = failure == "exit 3" ? "status 3" : "signal 11"
        guard case .failure(let error) = results[2] else { return }
        #expect(error.code == .badData)
        #expect(error.message.contains(reason))
    }

    @Test func aPictureThatTakesForEverCostsItselfAlone() throws {
        let run = try run(picky.replacing("FAILURE", with: "sleep 1000"), limit: .seconds(2))
        let results = try run(pictures([11, 13]))
        #expect(results.map { (try? $0.get()) != nil } == [true, false])
        guard case .failure(let error) = results[1] else { return }
        #expect(error.message.contains("too long"))
    }

    @Test func aProgramThatReadsNothingIsAnErrorOfItsOwn() throws {
        let run = try run("echo no such language >&2; exit 1")
        #expect {
            try run(pictures([11, 12]))
        } throws: {
            ($0 as? MekikiError)?.code == .unavailable
        }
    }

    @Test func aMissingProgramSaysWhatToInstall() {
        #expect {
            _ = try TesseractInstallation(program: "/nowhere/tesseract")
        } throws: {
            ($0 as? MekikiError)?.code == .unavailable
        }
    }

    @Test func missingLanguagesAreSaid() {
        let installation = TesseractInstallation(
            program: "/usr/bin/tesseract",
            version: "5.3.0",
            languages: ["eng"],
            findsOrientation: true
        )
        let sentence = installation.missing ?? ""
        #expect(sentence.contains("jpn, jpn_vert"))
        #expect(sentence.contains("tesseract-ocr-jpn tesseract-ocr-jpn-vert"))
    }

    @Test func nothingIsLeftBehind() throws {
        let path: String
        do {
            let folder = try PrivateFolder()
            try folder.write([[1, 2], [3]], to: "a")
            path = folder.path
            let data = try Data(contentsOf: URL(filePath: folder.file("a")))
            #expect(Array(data) == [1, 2, 3])
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(rights as? Int == 0o700)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func whatKilledProgramsLeftIsRemoved() throws {
        let base = FileManager.default.temporaryDirectory
        // No process has so high a number, on any Linux.
        let abandoned = base.appending(path: "mekiki-ocr-2000000000-test")
        try FileManager.default.createDirectory(at: abandoned, withIntermediateDirectories: true)
        try Data([1]).write(to: abandoned.appending(path: "0.pgm"))
        let mine = try PrivateFolder()
        PrivateFolder.removeAbandoned()
        #expect(!FileManager.default.fileExists(atPath: abandoned.path))
        #expect(FileManager.default.fileExists(atPath: mine.path))
    }
}
