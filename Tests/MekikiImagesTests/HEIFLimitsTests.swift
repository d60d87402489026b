import Foundation
import MekikiCore
import MekikiImages
import Testing

/// Files whose boxes promise more than they have, or less than they cost: refused before decoding.
@Suite struct HEIFLimitsTests {
    private func message(_ data: Data, _ limits: ImageLimits = .default) throws -> String {
        let request = ImageReadRequest(encoderSide: 224, thumbnailSide: 256)
        let reader = VipsImageReader(limits: limits)
        let error = try #require(failure { try reader.read(data, request) })
        #expect(error.code == .badData)
        #expect(!error.message.contains("\n"))
        return error.message
    }

    /// A fixture with bytes put in the place of the first that are equal to others.
    private func changed(_ name: String, _ old: [UInt8], to new: [UInt8]) throws -> Data {
        var data = try Fixture.bytes(name)
        let place = try #require(data.range(of: Data(old)))
        data.replaceSubrange(place, with: new)
        return data
    }

    private func ispe(_ width: UInt16, _ height: UInt16) -> [UInt8] {
        [width, height].flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] }
    }

    @Test(arguments: ["grid-bomb.heic", "grid-bomb.avif"])
    func gridOfSixtyThousandTilesIsRefused(_ name: String) throws {
        let data = try Fixture.bytes(name)
        #expect(data.count < 200_000)
        #expect(try message(data).contains("16,000 x 16,000"))
        // Its tiles alone, where the picture itself would be allowed.
        let generous = ImageLimits(pixels: 300_000_000)
        #expect(try message(data, generous).contains("tiles"))
    }

    /// The box says 36 x 24, and the decoder would go by the stream.
    @Test(arguments: ["large.heic", "large.avif"])
    func streamLargerThanItsBoxIsRefused(_ name: String) throws {
        let data = try changed(name, ispe(240, 160), to: ispe(16, 16))
        #expect(try message(data).contains("240 x 160"))
    }

    @Test(arguments: ["large.heic", "large.avif"])
    func boxBeyondTheLimitsIsRefused(_ name: String) throws {
        let data = try changed(name, ispe(240, 160), to: ispe(30_000, 30_000))
        #expect(try message(data).contains("900,000,000 pixels"))
        let empty = try changed(name, ispe(240, 160), to: ispe(0, 160))
        #expect(try message(empty).contains("no pixels"))
    }

    @Test(arguments: ["rgb-444.heic", "rgb-444.avif"])
    func otherKindsOfPicturesAreNamed(_ name: String) throws {
        let kind = name.hasSuffix("heic") ? "hvc1" : "av01"
        let data = try changed(name, Array(kind.utf8), to: Array("iovl".utf8))
        #expect(try message(data).contains("the kind 'iovl'"))
    }

    @Test(arguments: ["grid.heic", "grid.avif"])
    func gridThatLacksTilesIsRefused(_ name: String) throws {
        // Rows - 1 and columns - 1, then the sides 100 x 70.
        let data = try changed(name, [1, 1, 0, 100, 0, 70], to: [1, 5, 0, 100, 0, 70])
        #expect(try message(data).contains("tiles"))
        let other = try changed(name, [1, 1, 0, 100, 0, 70], to: [1, 1, 0x7F, 100, 0, 70])
        #expect(try message(other).contains("contradicts itself"))
    }

    /// Four tiles of 64 x 64 in two rows, cut to 100 x 70: each has the scene's colours in its place.
    @Test(arguments: ["grid.heic", "grid.avif"])
    func gridIsPutTogether(_ name: String) throws {
        let pixels = try Fixture.whole(Fixture.bytes(name))
        #expect(pixels.sides == [100, 70])
        // make_images.py: red grows with x of 128, green with y; the lower right is a blue square.
        for (x, y) in [(2, 2), (97, 2), (2, 67), (97, 67)] {
            let start = (y * 100 + x) * 3
            let isBlue = x > 64 && y > 64
            let red = isBlue ? 20 : 255 * x / 128
            let green = isBlue ? 60 : 255 * y / 128
            #expect(abs(Int(pixels.bytes[start]) - red) <= 6, "red at \(x), \(y)")
            #expect(abs(Int(pixels.bytes[start + 1]) - green) <= 6, "green at \(x), \(y)")
        }
    }

    @Test func pictureWithAThumbnailInsideIsReadWhole() throws {
        let pixels = try Fixture.whole(Fixture.bytes("with-thumbnail.heic"))
        #expect(pixels.sides == [200, 120])
    }

    @Test(arguments: ["rgb-444.heic", "rgb-444.avif"])
    func filmWithoutAPictureIsSaidToBeOne(_ name: String) throws {
        let data = try changed(name, Array("meta".utf8), to: Array("free".utf8))
        let message = try message(data)
        #expect(message.contains("ends too early") || message.contains("no still picture"))
    }

    @Test(arguments: [
        ("mif1", "heic", ImageFormat.heic), ("mif1", "avif", .avif), ("msf1", "avis", .avif),
    ])
    func commonBrandsAreToldByTheOthers(
        _ major: String,
        _ other: String,
        _ format: ImageFormat
    ) throws {
        let name = format == .heic ? "grid.heic" : "grid.avif"
        var data = try Fixture.bytes(name)
        // The head's brands: the major one, a version, mif1, and the codec's.
        data.replaceSubrange(8..<12, with: Array(major.utf8))
        data.replaceSubrange(20..<24, with: Array(other.utf8))
        let reading = try VipsImageReader().read(
            data,
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        #expect(reading.format == format)
    }
}
