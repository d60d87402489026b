import Foundation
import MekikiCore
import MekikiImages
import Testing

/// What a file shows must be what Pillow shows, which is what the models were trained on.
@Suite struct VipsImageReaderTests {
    @Test func thereAreFixturesOfEveryFormat() {
        let endings = Set(Fixture.all.compactMap { $0.name.split(separator: ".").last })
        #expect(endings == ["jpg", "png", "webp", "gif", "tif", "heic", "avif"])
        #expect(Fixture.all.count >= 100)
    }

    @Test(arguments: Fixture.all)
    func pixelsAreThoseOfPillow(_ fixture: Fixture) throws {
        let pixels = try Fixture.whole(Fixture.bytes(fixture.name))
        #expect(pixels.width == fixture.width)
        #expect(pixels.height == fixture.height)
        #expect(meanDifference(pixels.bytes, fixture.pixels) <= fixture.tolerance)
    }

    /// Where no reduction and no profile comes in, not one sample may be far off.
    @Test(arguments: Fixture.all)
    func noSampleIsFarOff(_ fixture: Fixture) throws {
        let pixels = try Fixture.whole(Fixture.bytes(fixture.name))
        let differences = zip(pixels.bytes, fixture.pixels).map { abs(Int($0) - Int($1)) }
        #expect(differences.max() ?? 255 <= (fixture.furthest ?? (fixture.tolerance == 0 ? 0 : 6)))
    }

    @Test(arguments: [
        ("really-a-png.jpg", ImageFormat.png), ("really-a-jpeg.png", .jpeg), ("lossy.webp", .webp),
        ("palette.gif", .gif), ("rgb.tif", .tiff), ("rgb-420.heic", .heic), ("rgb-420.avif", .avif),
    ])
    func formatIsToldByTheBytes(_ name: String, _ format: ImageFormat) throws {
        let reading = try VipsImageReader().read(
            Fixture.bytes(name),
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        #expect(reading.format == format)
    }

    @Test(arguments: 1...8, ["jpg", "heic", "avif"])
    func sidesAreThoseOfTheUprightPicture(_ turn: Int, _ ending: String) throws {
        let reading = try VipsImageReader().read(
            Fixture.bytes("turned-\(turn).\(ending)"),
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        #expect(reading.sides == (turn < 5 ? [36, 24] : [24, 36]))
    }

    @Test func nothingIsDecodedWhereNothingIsWanted() throws {
        let reading = try VipsImageReader().read(
            Fixture.bytes("rgb.png"),
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        #expect(reading.pixels == nil)
        #expect(reading.thumbnail == nil)
    }

    /// libvips is shared by all threads, and so are its buffers.
    @Test func severalThreadsMayReadAtOnce() async throws {
        let damaged = try Fixture.bytes("rgb.png").dropLast(40)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<64 {
                let fixture = Fixture.all[index % Fixture.all.count]
                group.addTask {
                    if index % 4 == 0 {
                        let error = failure { try Fixture.whole(damaged) }
                        #expect(error?.message.contains("ends too early") == true)
                    }
                    let pixels = try Fixture.whole(Fixture.bytes(fixture.name))
                    #expect(meanDifference(pixels.bytes, fixture.pixels) <= fixture.tolerance)
                }
            }
            try await group.waitForAll()
        }
    }
}
