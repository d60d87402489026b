import Foundation
import MekikiCore
import MekikiImages
import Testing

/// Files that are no pictures, or no longer: one sentence each, never a crash.
@Suite struct DamageTests {
    private func message(_ data: Data) throws -> String {
        let error = try #require(failure { try Fixture.whole(data) })
        #expect(error.code == .badData)
        #expect(!error.message.contains("\n"))
        return error.message
    }

    @Test(arguments: [
        ("%PDF-1.7\n%", "a PDF document, which is not supported yet"),
        ("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "an SVG drawing"),
        ("\0\0\0\u{18}ftypisom\0\0\0\0", "a film"),
        ("8BPS\0\u{1}", "a Photoshop document"),
        ("PK\u{3}\u{4}....", "a ZIP archive"),
        ("II*\0\u{10}\0\0\0CR\u{2}\0", "a camera's raw file"),
        ("Just a note.\n二行目\n", "a text file"),
        ("", "The file is empty"),
        ("\u{1}\u{2}\u{3}\0\0", "not a picture of a kind that is known"),
    ])
    func otherFilesAreNamed(_ content: String, _ phrase: String) throws {
        let message = try message(Data(content.utf8))
        #expect(message.contains(phrase))
        #expect(message.contains("JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF"))
    }

    @Test(arguments: [
        "rgb-420.jpg", "progressive.jpg", "rgb.png", "rgba-16.png", "lossy.webp", "lossless.webp",
        "palette.gif", "rgb.tif", "rgba.tif", "rgb-420.heic", "rgb-420.avif", "grid.heic",
        "grid.avif",
    ])
    func cutOffFilesAreSaidToEndTooEarly(_ name: String) throws {
        let data = try Fixture.bytes(name)
        for share in [0.5, 0.7] {
            let message = try message(data.prefix(Int(Double(data.count) * share)))
            #expect(message.contains("ends too early"), "\(name) at \(share): \(message)")
        }
    }

    @Test(arguments: [
        "rgb-420.jpg", "rgb.png", "lossy.webp", "palette.gif", "rgb.tif", "rgb-420.heic",
        "rgb-420.avif",
    ])
    func everyPrefixFailsOrReads(_ name: String) throws {
        let data = try Fixture.bytes(name)
        for count in stride(from: 0, to: data.count, by: max(1, data.count / 150)) {
            if let error = failure({ try Fixture.whole(data.prefix(count)) }) {
                #expect(error.code == .badData)
            }
        }
    }

    @Test func anythingElseIsDamaged() throws {
        var data = try Fixture.bytes("rgb.png")
        // The compressed pixels, not their frame.
        let start = try #require(data.range(of: Data("IDAT".utf8))).upperBound
        for index in start + 10..<start + 40 { data[index] = 0xAA }
        #expect(try message(data).contains("The PNG is damaged"))
    }

    /// Mutations of every fixture by a fixed seed; each either reads or fails with `badData`.
    @Test(.timeLimit(.minutes(10))) func mutatedFilesNeverDoHarm() throws {
        var random = SplitMix(state: 20_240_630)
        let reader = VipsImageReader()
        let request = ImageReadRequest(encoderSide: 8, thumbnailSide: 16)
        var failures = 0
        var runs = 0
        for fixture in Fixture.all {
            let data = try Fixture.bytes(fixture.name)
            for _ in 0..<40 {
                runs += 1
                let mutated = random.mutated(data)
                if let error = failure({ try reader.read(mutated, request) }) {
                    #expect(error.code == .badData)
                    failures += 1
                }
            }
        }
        // Both ends are seen, or the mutations test nothing.
        #expect(runs >= 2000 && failures > runs / 10 && failures < runs)
    }

    @Test func aGoodFileReadsAfterManyBadOnes() throws {
        let cut = try Fixture.bytes("rgb-420.jpg").prefix(300)
        for _ in 0..<50 { _ = failure { try Fixture.whole(cut) } }
        let fixture = try #require(Fixture.all.first { $0.name == "rgb.png" })
        #expect(try Fixture.whole(Fixture.bytes("rgb.png")).bytes == Array(fixture.pixels))
    }
}
