import Foundation
import MekikiCore
import MekikiImages
import Testing

@Suite struct PNGTextChunksTests {
    private typealias Chunk = ImageMetadata.TextChunk

    private func texts(_ data: Data) throws -> [ImageMetadata.TextChunk] {
        try VipsImageReader().read(data, ImageReadRequest(encoderSide: nil, thumbnailSide: nil))
            .metadata.textChunks
    }

    private func plain(_ key: String, _ text: String) -> (String, [UInt8]) {
        ("tEXt", Array(key.utf8) + [0] + Array(text.utf8))
    }

    private func packed(_ key: String, _ text: [UInt8]) -> (String, [UInt8]) {
        ("zTXt", Array(key.utf8) + [0, 0] + PNGBuilder.stored(text))
    }

    @Test func allKindsAreReadInOrderBeforeAndAfterThePicture() throws {
        let international = Array("題\0\0\0ja\0Titel\0猫".utf8)
        let compressed = Array("c\0\u{1}\0\0\0".utf8) + PNGBuilder.stored(Array("圧縮".utf8))
        let data = PNGBuilder.pixel(
            before: [
                plain("parameters", "a cat\nSteps: 20"), packed("workflow", Array("{}".utf8)),
            ],
            after: [("iTXt", international), ("iTXt", compressed), plain("parameters", "again")]
        )
        let expected: [ImageMetadata.TextChunk] = [
            .init(key: "parameters", text: "a cat\nSteps: 20"),
            .init(key: "workflow", text: "{}"), .init(key: "題", text: "猫"),
            .init(key: "c", text: "圧縮"), .init(key: "parameters", text: "again"),
        ]
        #expect(try texts(data) == expected)
    }

    @Test func textIsUTF8WhereItIsThatElseLatin1() throws {
        let data = PNGBuilder.pixel(before: [
            plain("a", "目利き"), ("tEXt", [0x62, 0, 0x63, 0x61, 0x66, 0xE9]),
        ])
        #expect(try texts(data).map(\.text) == ["目利き", "café"])
    }

    @Test func xmpIsAChunkLikeOthers() throws {
        let xmp = ("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0<x/>".utf8))
        #expect(
            try texts(PNGBuilder.pixel(before: [xmp]))
                == [.init(key: "XML:com.adobe.xmp", text: "<x/>")]
        )
    }

    @Test func emptyTextsAreKept() throws {
        let data = PNGBuilder.pixel(before: [plain("a", ""), packed("b", [])])
        #expect(try texts(data).map(\.text) == ["", ""])
    }

    @Test(arguments: [
        ("tEXt", Array("no end".utf8)), ("tEXt", [0, 0x61]),
        ("tEXt", [UInt8](repeating: 0x61, count: 80) + [0, 0x62]), ("zTXt", Array("a\0\0xyz".utf8)),
        ("zTXt", Array("a\0".utf8)), ("iTXt", Array("a\0\0\0ja".utf8)),
    ])
    func malformedTextsAreLeftOut(_ type: String, _ content: [UInt8]) throws {
        let data = PNGBuilder.pixel(before: [plain("a", "kept")], after: [(type, content)])
        #expect(try texts(data) == [.init(key: "a", text: "kept")])
    }

    @Test func textsAreBoundedInNumber() throws {
        let data = PNGBuilder.pixel(after: (0..<1200).map { plain("k", "\($0)") })
        let texts = try texts(data)
        #expect(texts.count == 1000)
        #expect(texts.last?.text == "999")
    }

    /// 17 KB that inflate to 17 MiB, made by Fixtures/make_images.py.
    @Test func textsAreBoundedInSize() throws {
        #expect(try texts(Fixture.bytes("text-bomb.png")).map(\.key) == ["kept"])
    }

    /// What inflates in vain counts too, or a file of bombs alone would keep a reader for minutes.
    @Test func bombsUseUpTheSumOfTexts() throws {
        var data = try Fixture.bytes("text-bomb.png")
        // The bomb follows the header; its length stands before its type.
        let length = data[33..<37].reduce(0) { $0 << 8 | Int($1) }
        let bomb = data[33..<33 + 12 + length]
        for _ in 0..<3 { data.insert(contentsOf: bomb, at: 33) }
        #expect(try texts(data).isEmpty)
    }
}
