import Foundation
import MekikiCore
import Testing

@testable import MekikiImages

/// What people and programs write about photographs: XMP, IPTC, EXIF.
@Suite struct PhotographMetadataTests {
    private func metadata(_ data: Data) throws -> ImageMetadata {
        try VipsImageReader().read(data, ImageReadRequest(encoderSide: nil, thumbnailSide: nil))
            .metadata
    }

    private func words(_ metadata: ImageMetadata) -> [String] {
        metadata.words.map { "\($0.key)=\($0.text)" }
    }

    private static let packet = """
        <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:d="http://purl.org/dc/elements/1.1/"
            xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
            xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
            xmlns:exif="http://ns.adobe.com/exif/1.0/"
            xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
            xmp:Rating="4" photoshop:City="京都" aux:Lens="RF 50mm"
            exif:GPSLatitude="35,41.37N" exif:GPSLongitude="139,41,30W"
            exif:DateTimeOriginal="2021-05-06T07:08:09.12+09:00">
        <d:title><rdf:Alt><rdf:li xml:lang="x-default">夜 &amp; 海</rdf:li>
            <rdf:li xml:lang="en">Night</rdf:li></rdf:Alt></d:title>
        <d:description><rdf:Alt><rdf:li>波</rdf:li></rdf:Alt></d:description>
        <d:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>night</rdf:li></rdf:Bag></d:subject>
        <d:creator><rdf:Seq><rdf:li>A. Person</rdf:li></rdf:Seq></d:creator>
        <lr:hierarchicalSubject><rdf:Bag><rdf:li>nature|sea</rdf:li></rdf:Bag></lr:hierarchicalSubject>
        <unknown:thing xmlns:unknown="http://example.org/">left out</unknown:thing>
        </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
        """

    private static let ofPacket = [
        "title=夜 & 海", "description=波", "keyword=sea", "keyword=night", "keyword=nature",
        "creator=A. Person", "place=京都",
    ]

    private func check(_ metadata: ImageMetadata) {
        #expect(words(metadata) == Self.ofPacket)
        #expect(metadata.rating == 4)
        #expect(metadata.lens == "RF 50mm")
        #expect(metadata.takenAt == "2021-05-06T07:08:09")
        #expect(abs((metadata.latitude ?? 0) - 35.6895) < 0.0001)
        #expect(abs((metadata.longitude ?? 0) + 139.69167) < 0.0001)
    }

    @Test func aJPEGsPacketIsRead() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        check(try metadata(JPEGBuilder.adding([JPEGBuilder.xmp(Self.packet)], to: jpeg)))
        check(
            try metadata(
                JPEGBuilder.adding([JPEGBuilder.xmp(Self.packet + "\0\0\0")], to: jpeg)
            )
        )
    }

    /// A packet that has no room in one segment stands in pieces, which may come in any order.
    @Test func anExtendedPacketIsPutTogether() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        let short = JPEGBuilder.xmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
        let parts = JPEGBuilder.extendedXMP(Self.packet, part: 300)
        check(try metadata(JPEGBuilder.adding([short] + parts.reversed(), to: jpeg)))
        // Without one of the pieces, what stands before it is read.
        let broken = [short] + parts.filter { $0.content != parts[3].content }
        #expect(try metadata(JPEGBuilder.adding(broken, to: jpeg)).rating == 4)
    }

    @Test func aPNGsPacketIsReadBeforeAndBehindItsPixels() throws {
        let text = Array("XML:com.adobe.xmp\0\0\0\0\0\(Self.packet)".utf8)
        let packed =
            Array("XML:com.adobe.xmp\0\u{1}\0\0\0".utf8)
            + PNGBuilder.stored(Array(Self.packet.utf8))
        for chunk in [text, packed] {
            check(try metadata(PNGBuilder.pixel(before: [("iTXt", chunk)])))
            check(try metadata(PNGBuilder.pixel(after: [("iTXt", chunk)])))
        }
    }

    @Test func aGIFsPacketIsRead() throws {
        var gif = try Fixture.bytes("palette.gif")
        let trailer = [1] + (0...255).reversed().map { UInt8($0) } + [0]
        let packet =
            [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + Array(Self.packet.utf8) + trailer
        gif.insert(contentsOf: packet, at: gif.count - 1)
        check(try metadata(gif))
    }

    @Test func aWebPsPacketIsRead() throws {
        var webp = try Fixture.bytes("lossy.webp")
        var content = Array(Self.packet.utf8)
        let size = content.count
        if content.count % 2 == 1 { content.append(0) }
        let sides = try VipsImageReader().read(
            webp,
            ImageReadRequest(encoderSide: nil, thumbnailSide: nil)
        )
        // The extended form begins with its flags and the sides less one.
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let head =
            Array("VP8X".utf8) + little(10, 4) + [4, 0, 0, 0] + little(sides.width - 1, 3)
            + little(sides.height - 1, 3)
        let body = head + webp.dropFirst(12) + Array("XMP ".utf8) + little(size, 4) + content
        webp = Data(Array("RIFF".utf8) + little(body.count + 4, 4) + Array("WEBP".utf8) + body)
        check(try metadata(webp))
    }

    /// What is no XML, or hostile, costs nothing but itself.
    @Test(arguments: [
        "", "<", "<a><b>", "\u{0}\u{1}", "<?xml version='1.0' encoding='x-none'?><a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
            + "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
            + "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]><a>&f;&f;&f;&f;&f;</a>",
        String(repeating: "<a>", count: 10_000),
    ])
    func brokenPacketsSayNothing(_ packet: String) throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        let data = JPEGBuilder.adding([JPEGBuilder.xmp(packet)], to: jpeg)
        #expect(try metadata(data) == ImageMetadata())
    }

    @Test func everyCutOffPacketGivesWhatStandsBeforeTheCut() {
        let bytes = Array(Self.packet.utf8)
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let packet = bytes[..<end].withUnsafeBytes { XMPPacket(FileBytes($0)) }
            let rating = packet["xmp:Rating"]
            #expect(rating == nil || rating == "4")
        }
    }

    @Test func agenciesFieldsAreRead() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        func value(_ text: String) -> [UInt8] { Array(text.utf8) }
        let fields: [(record: UInt8, field: UInt8, value: [UInt8])] = [
            (1, 90, [0x1B, 0x25, 0x47]), (2, 5, value("祭り")), (2, 25, value("夏")),
            (2, 25, value("祭")), (2, 80, value("撮影者")), (2, 90, value("大阪")),
            (2, 101, value("日本")), (2, 120, value("夏の祭り")),
        ]
        let found = try metadata(JPEGBuilder.adding([JPEGBuilder.iptc(fields)], to: jpeg))
        #expect(
            words(found) == [
                "title=祭り", "description=夏の祭り", "keyword=夏", "keyword=祭", "creator=撮影者",
                "place=大阪", "place=日本",
            ]
        )
        // Without the mark of UTF-8, what is none is Latin.
        let latin = try metadata(
            JPEGBuilder.adding([JPEGBuilder.iptc([(2, 5, [0x63, 0x61, 0x66, 0xE9])])], to: jpeg)
        )
        #expect(words(latin) == ["title=café"])
    }

    /// The same text in all three places is one.
    @Test func whatSeveralFieldsSayIsKeptOnce() throws {
        var block = ExifBuilder()
        block.main = [
            (0x010E, 2, ExifBuilder.text("波")), (0x013B, 2, ExifBuilder.text("A. Person")),
        ]
        let own = JPEGBuilder.iptc([(1, 90, [0x1B, 0x25, 0x47]), (2, 25, Array("sea".utf8))])
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        let data = JPEGBuilder.adding([JPEGBuilder.xmp(Self.packet), own], to: jpeg)
        #expect(words(try metadata(block.jpeg(from: data))) == Self.ofPacket)
    }

    @Test(arguments: [false, true])
    func placesAreRead(_ isBigEndian: Bool) throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        var block = ExifBuilder(isBigEndian: isBigEndian)
        block.place = [
            (1, 2, ExifBuilder.text("S")), (2, 5, block.rationals([33, 51, 30])),
            (3, 2, ExifBuilder.text("E")), (4, 5, block.rationals([151, 12, 36])),
        ]
        let found = try metadata(block.jpeg(from: jpeg))
        #expect(abs((found.latitude ?? 0) + 33.85833) < 0.0001)
        #expect(abs((found.longitude ?? 0) - 151.21) < 0.0001)
        // No fix, no place of the earth, no reference.
        block.place[1].2 = block.rationals([0, 0, 0])
        block.place[3].2 = block.rationals([0, 0, 0])
        #expect(try metadata(block.jpeg(from: jpeg)).latitude == nil)
        block.place[1].2 = block.rationals([91, 0, 0])
        #expect(try metadata(block.jpeg(from: jpeg)).latitude == nil)
        block.place.removeFirst()
        #expect(try metadata(block.jpeg(from: jpeg)).longitude == nil)
    }
}
