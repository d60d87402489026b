import Foundation
import MekikiCore
import MekikiImages
import Testing

@Suite struct ImageLimitsTests {
    /// A PNG that claims sides it has no pixels for: only its header can be judged.
    private func png(width: UInt32, height: UInt32) -> Data {
        var builder = PNGBuilder()
        builder.addHeader(width: width, height: height)
        builder.add("IDAT", PNGBuilder.stored([0, 0]))
        builder.add("IEND", [])
        return builder.data
    }

    private func message(_ data: Data, _ limits: ImageLimits = .default) -> String? {
        let reader = VipsImageReader(limits: limits)
        let request = ImageReadRequest(encoderSide: 224, thumbnailSide: 256)
        let error = failure { try reader.read(data, request) }
        #expect(error?.code == .badData)
        return error?.message
    }

    @Test func decompressionBombIsRefusedByItsPixels() {
        #expect(
            message(png(width: 50_000, height: 50_000))
                == """
                The picture has 50,000 x 50,000 = 2,500,000,000 pixels; at most 200,000,000 are \
                decoded. Scale it down first, or raise the limit.
                """
        )
    }

    @Test func longSidesAreRefused() {
        #expect(message(png(width: 65_536, height: 1))?.contains("at most 65,535") == true)
    }

    @Test func largeFilesAreRefused() throws {
        let data = try Fixture.bytes("rgb.png")
        let limits = ImageLimits(bytes: data.count - 1)
        #expect(message(data, limits)?.contains("bytes; at most") == true)
    }

    @Test(arguments: [
        "rgb-420.jpg", "rgb.png", "lossy.webp", "palette.gif", "rgb.tif", "rgb-420.heic",
        "rgb-420.avif",
    ])
    func pixelsAreLimitedInEveryFormat(_ name: String) throws {
        let data = try Fixture.bytes(name)
        #expect(message(data, ImageLimits(pixels: 36 * 24 - 1))?.contains("= 864 pixels") == true)
        #expect(message(data, ImageLimits(side: 35))?.contains("at most 35") == true)
    }

    /// Only the first frame is decoded, so only its size counts.
    @Test(arguments: [
        "animated.gif", "animated.webp", "animated.png", "pages.tif", "pages.heic", "animated.avif",
    ])
    func furtherFramesDoNotCount(_ name: String) throws {
        let reader = VipsImageReader(limits: ImageLimits(pixels: 36 * 24, side: 36))
        let reading = try reader.read(
            Fixture.bytes(name),
            ImageReadRequest(encoderSide: 4, thumbnailSide: nil)
        )
        #expect(reading.sides == [36, 24])
    }

    @Test func whatIsAtTheLimitReads() throws {
        let data = try Fixture.bytes("rgb.png")
        let limits = ImageLimits(bytes: data.count, pixels: 36 * 24, side: 36)
        let reading = try VipsImageReader(limits: limits).read(
            data,
            ImageReadRequest(encoderSide: 4, thumbnailSide: nil)
        )
        #expect(reading.width == 36)
    }

    @Test func limitsMayBeAnyNumber() throws {
        let limits = ImageLimits(bytes: .max, pixels: .max, side: .max)
        let reading = try VipsImageReader(limits: limits).read(
            Fixture.bytes("progressive.jpg"),
            ImageReadRequest(encoderSide: 4, thumbnailSide: 8)
        )
        #expect(reading.width == 36)
    }

    @Test func endlessScansAreRefused() throws {
        // The same scan header two thousand times: a decoder would go over the picture as often.
        let data = try Fixture.bytes("progressive.jpg")
        let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0]
        let bomb =
            data.dropLast(2) + Data(Array(repeating: scan, count: 2000).joined())
            + Data([0xFF, 0xD9])
        #expect(message(bomb)?.contains("passes over") == true)
    }
}
