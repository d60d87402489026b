import Foundation
import MekikiCore
import MekikiImages
import Testing

/// Files that are rare or extreme, and must neither be misread nor cost more than they are worth.
@Suite struct OddFilesTests {
    private let everything = ImageReadRequest(encoderSide: 224, thumbnailSide: 256)

    private func message(_ data: Data) throws -> String {
        let error = try #require(failure { try VipsImageReader().read(data, everything) })
        #expect(error.code == .badData)
        return error.message
    }

    @Test func twelveBitJPEGIsRefusedWithASentence() throws {
        #expect(try message(Fixture.bytes("twelve-bit.jpg")).contains("can't be decoded"))
    }

    /// Sides of 30,000 in a frame header whose file has a few hundred bytes.
    @Test(arguments: ["rgb-444.jpg", "progressive.jpg", "arithmetic.jpg"])
    func hugeJPEGIsRefusedByItsHeader(_ name: String) throws {
        var data = try Fixture.bytes(name)
        let frame = try #require(data.range(of: Data([0, 17, 8, 0, 24, 0, 36])))
        data.replaceSubrange(frame, with: [0, 17, 8, 0x75, 0x30, 0x75, 0x30])
        #expect(try message(data).contains("900,000,000 pixels"))
    }

    @Test func hugePNGIsRefusedByItsHeader() throws {
        var builder = PNGBuilder()
        builder.addHeader(width: 30_000, height: 30_000)
        builder.add("IDAT", PNGBuilder.stored([0, 0]))
        builder.add("IEND", [])
        #expect(try message(builder.data).contains("900,000,000 pixels"))
    }

    /// What a chunk claims to have is reserved by the decoder: here 1.4 GB, for 100 bytes.
    @Test func chunkThatClaimsGigabytesCostsNone() throws {
        var data = try Fixture.bytes("rgb.png")
        let place = try #require(data.range(of: Data("IDAT".utf8))).lowerBound - 4
        let claim = Data([0x56, 0, 0, 0] + Array("zTXt".utf8) + [0x61, 0, 0])
        data.insert(contentsOf: claim, at: place)
        #expect(try message(data).contains("ends too early"))
    }

    /// Eighty texts of 5 MB each would be inflated twice by the decoder.
    @Test func pictureAmongBombsIsRead() throws {
        let bomb = try Fixture.bytes("text-bomb.png")
        let length = bomb[33..<37].reduce(0) { $0 << 8 | Int($1) }
        var data = try Fixture.bytes("rgb.png")
        for _ in 0..<80 { data.insert(contentsOf: bomb[33..<33 + 12 + length], at: 33) }
        let fixture = try #require(Fixture.all.first { $0.name == "rgb.png" })
        #expect(try Fixture.whole(data).bytes == Array(fixture.pixels))
    }

    @Test func pictureWithoutPixelsIsRefused() throws {
        var builder = PNGBuilder()
        builder.addHeader(width: 0, height: 10)
        builder.add("IDAT", PNGBuilder.stored([0, 0]))
        builder.add("IEND", [])
        #expect(try !message(builder.data).isEmpty)
        var jpeg = try Fixture.bytes("rgb-444.jpg")
        let frame = try #require(jpeg.range(of: Data([0, 17, 8, 0, 24, 0, 36])))
        jpeg.replaceSubrange(frame, with: [0, 17, 8, 0, 0, 0, 36])
        #expect(try !message(jpeg).isEmpty)
    }

    @Test(arguments: ["one.png", "one.jpg", "one.gif", "one.tif", "one.webp"])
    func singlePixelMakesAThumbnail(_ name: String) throws {
        let reading = try VipsImageReader().read(Fixture.bytes(name), everything)
        #expect(reading.sides == [1, 1])
        #expect(reading.thumbnail != nil)
    }

    @Test(arguments: [("column.png", [1, 1999]), ("row.jpg", [1999, 1])])
    func linesKeepTheirLength(_ name: String, _ sides: [Int]) throws {
        let reading = try VipsImageReader().read(Fixture.bytes(name), everything)
        #expect(reading.sides == sides)
        #expect(reading.pixels?.originalWidth == sides[0])
        let thumbnail = try #require(reading.thumbnail)
        let small = try VipsImageReader().read(thumbnail, everything)
        #expect(small.sides == sides.map { $0 == 1 ? 1 : 256 })
    }

    @Test func sixteenBitTIFFIsTheEightBitPicture() throws {
        let pixels = try Fixture.whole(Fixture.bytes("rgb-16.tif"))
        #expect(pixels.bytes == (try Fixture.whole(Fixture.bytes("rgb.tif")).bytes))
    }

    /// An animation of a thousand frames costs what its first one does.
    @Test func framesAfterTheFirstAreNotDecoded() throws {
        var data = try Fixture.bytes("animated.gif").dropLast()
        let frames = data.suffix(from: try #require(data.range(of: Data([0x21, 0xF9]))).lowerBound)
        for _ in 0..<300 { data.append(frames) }
        data.append(0x3B)
        let reader = VipsImageReader(limits: ImageLimits(pixels: 36 * 24))
        #expect(try reader.read(data, everything).sides == [36, 24])
    }
}
