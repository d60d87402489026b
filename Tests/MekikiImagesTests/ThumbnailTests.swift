import Foundation
import MekikiCore
import MekikiImages
import Testing

@Suite struct ThumbnailTests {
    private func thumbnail(_ name: String, side: Int) throws -> ImageReading {
        let reader = VipsImageReader()
        let reading = try reader.read(
            Fixture.bytes(name),
            ImageReadRequest(encoderSide: nil, thumbnailSide: side)
        )
        #expect(reading.pixels == nil)
        let data = try #require(reading.thumbnail)
        return try reader.read(data, ImageReadRequest(encoderSide: 10_000, thumbnailSide: nil))
    }

    @Test(arguments: [
        ("large.jpg", 60, 60, 40), ("large.png", 100, 100, 67), ("turned-6.jpg", 18, 12, 18),
        ("fringe.png", 64, 64, 64),
    ])
    func longerSideIsTheOneAskedFor(
        _ name: String,
        _ side: Int,
        _ width: Int,
        _ height: Int
    ) throws {
        let reading = try thumbnail(name, side: side)
        #expect(reading.format == .webp)
        #expect(reading.sides == [width, height])
    }

    @Test func smallPicturesAreNotEnlarged() throws {
        let reading = try thumbnail("rgb.png", side: 256)
        #expect(reading.sides == [36, 24])
    }

    @Test func thumbnailLooksLikeThePicture() throws {
        let small = try #require(thumbnail("large.jpg", side: 60).pixels)
        let reading = try VipsImageReader().read(
            Fixture.bytes("large.jpg"),
            ImageReadRequest(encoderSide: 20, thumbnailSide: nil)
        )
        let pixels = try #require(reading.pixels)
        #expect(pixels.sides == small.sides)
        #expect(meanDifference(small.bytes, pixels.bytes) < 6)
    }

    @Test func thumbnailIsLaidOverWhite() throws {
        let pixels = try #require(thumbnail("fringe.png", side: 100).pixels)
        #expect(pixels.bytes.prefix(3).allSatisfy { $0 >= 250 })
    }

    @Test func metadataIsStripped() throws {
        let data = try VipsImageReader().read(
            Fixture.bytes("camera.jpg"),
            ImageReadRequest(encoderSide: nil, thumbnailSide: 30)
        )
        let thumbnail = try #require(data.thumbnail)
        #expect(thumbnail.range(of: Data("EXIF".utf8)) == nil)
        #expect(thumbnail.range(of: Data("Canon".utf8)) == nil)
        #expect(thumbnail.range(of: Data("VP8X".utf8)) == nil)
    }
}
