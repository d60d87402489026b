import Foundation
import MekikiCore
import MekikiImages
import Testing

@Suite struct MetadataTests {
    private func metadata(_ data: Data) throws -> ImageMetadata {
        try VipsImageReader().read(data, ImageReadRequest(encoderSide: nil, thumbnailSide: nil))
            .metadata
    }

    @Test(arguments: ["camera.jpg", "camera.webp"])
    func cameraAndDateAreRead(_ name: String) throws {
        let metadata = try metadata(Fixture.bytes(name))
        #expect(metadata.takenAt == "2024-06-30T18:05:09")
        #expect(metadata.cameraMake == "キヤノン (Canon)")
        #expect(metadata.cameraModel == "EOS R5 (試作)")
    }

    @Test(arguments: ["camera.heic", "camera.avif"])
    func fieldsOfHEIFAreRead(_ name: String) throws {
        let metadata = try metadata(Fixture.bytes(name))
        #expect(metadata.takenAt == "2025-02-03T04:05:06")
        #expect(metadata.cameraMake == "Phone maker")
        #expect(metadata.cameraModel == "Phone 1")
    }

    @Test func fieldsOfTIFFAreItsOwn() throws {
        let metadata = try metadata(Fixture.bytes("camera.tif"))
        #expect(metadata.takenAt == "2019-12-31T23:59:59")
        #expect(metadata.cameraMake == "Mekiki")
        #expect(metadata.cameraModel == "Scanner 1")
    }

    @Test(arguments: [
        "rgb-420.jpg", "rgb.png", "lossy.webp", "palette.gif", "rgb.tif", "rgb-420.heic",
        "rgb-420.avif",
    ])
    func filesWithoutFieldsHaveNone(_ name: String) throws {
        #expect(try metadata(Fixture.bytes(name)) == ImageMetadata())
    }

    @Test(arguments: [
        ("2024:06:30 18:05:09", "2024-06-30T18:05:09"),
        ("2024-06-30T18:05:09", "2024-06-30T18:05:09"),
        ("2024:02:29 00:00:00", "2024-02-29T00:00:00"), ("2023:02:29 00:00:00", nil),
        ("0000:00:00 00:00:00", nil), ("    :  :     :  :  ", nil), ("2024:06:30", nil),
        ("2024:13:01 00:00:00", nil), ("2024:06:31 00:00:00", nil), ("2024:06:30 24:00:00", nil),
        ("2024:06:30 18:60:00", nil), ("2024:06:30 18:05:60", nil), ("24:06:30 18:05:09", nil),
        ("2024:06:30 18:05:xx", nil), ("99999999999999999999:1:1 1:1:1", nil),
    ])
    func onlyMomentsAreDates(_ written: String, _ read: String?) throws {
        let block = ExifBuilder(exif: [(0x9003, 2, ExifBuilder.text(written))])
        #expect(try metadata(block.jpeg(from: Fixture.bytes("rgb-420.jpg"))).takenAt == read)
    }

    @Test func laterDatesStandInForMissingOnes() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        var block = ExifBuilder(main: [(0x0132, 2, ExifBuilder.text("2003:03:03 03:03:03"))])
        #expect(try metadata(block.jpeg(from: jpeg)).takenAt == "2003-03-03T03:03:03")
        block.exif = [(0x9004, 2, ExifBuilder.text("2002:02:02 02:02:02"))]
        #expect(try metadata(block.jpeg(from: jpeg)).takenAt == "2002-02-02T02:02:02")
        block.exif.insert((0x9003, 2, ExifBuilder.text("0000:00:00 00:00:00")), at: 0)
        #expect(try metadata(block.jpeg(from: jpeg)).takenAt == "2002-02-02T02:02:02")
    }

    @Test(arguments: [false, true])
    func bothByteOrdersAreRead(_ isBigEndian: Bool) throws {
        var block = ExifBuilder(isBigEndian: isBigEndian)
        block.main = [
            (0x010F, 2, ExifBuilder.text("A")), (0x0110, 2, ExifBuilder.text("Model")),
            (0x0112, 3, block.number(6, 2)),
        ]
        let reading = try VipsImageReader().read(
            block.jpeg(from: Fixture.bytes("rgb-420.jpg")),
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        #expect(reading.metadata.cameraMake == "A")
        #expect(reading.metadata.cameraModel == "Model")
        #expect(reading.sides == [24, 36])
    }

    @Test func bytesThatAreNotUTF8AreLatin1() throws {
        let block = ExifBuilder(main: [(0x010F, 2, [0x4C, 0xE9, 0x6F, 0x6E, 0x20, 0x20, 0])])
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        #expect(try metadata(block.jpeg(from: jpeg)).cameraMake == "Léon")
    }

    @Test(arguments: [0, 9, 300])
    func senselessOrientationsAreIgnored(_ value: Int) throws {
        let block = ExifBuilder(main: [(0x0112, 3, [UInt8(value & 255), UInt8(value >> 8)])])
        let data = try block.jpeg(from: Fixture.bytes("rgb-420.jpg"))
        #expect(try Fixture.whole(data).width == 36)
    }

    @Test func fieldsThatPointOutsideAreIgnored() throws {
        var block = ExifBuilder(main: [(0x010F, 2, ExifBuilder.text("Canon Inc."))]).tiff
        // The value's offset, in the first entry.
        block.replaceSubrange(18..<22, with: [0xFF, 0xFF, 0xFF, 0x7F])
        let png = PNGBuilder.pixel(before: [("eXIf", block)])
        #expect(try metadata(png).cameraMake == nil)
    }

    @Test func exifOfPNGIsRead() throws {
        let block = ExifBuilder(main: [(0x010F, 2, ExifBuilder.text("Canon Inc."))]).tiff
        #expect(
            try metadata(PNGBuilder.pixel(before: [("eXIf", block)])).cameraMake == "Canon Inc."
        )
    }

    /// 600 bytes, which take three blocks.
    @Test func commentOfGIFIsRead() throws {
        let texts = try metadata(Fixture.bytes("comment.gif")).textChunks
        #expect(texts == [.init(key: "Comment", text: String(repeating: "目", count: 200))])
    }

    @Test func textOfEXIF3IsRead() throws {
        let block = ExifBuilder(main: [(0x0110, 129, ExifBuilder.text("試作機"))])
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        #expect(try metadata(block.jpeg(from: jpeg)).cameraModel == "試作機")
    }
}
