import Foundation
import MekikiCore
import Testing

@testable import MekikiImages

/// Where generators put their words in files, beside PNG's texts.
@Suite struct GeneratorContainerTests {
    private func metadata(_ data: Data) throws -> ImageMetadata {
        try VipsImageReader().read(data, ImageReadRequest(encoderSide: nil, thumbnailSide: nil))
            .metadata
    }

    @Test func drawThingsWritesIntoXMP() throws {
        let json = """
            {"c":"a cat, night","uc":"blurry","steps":8,"sampler":"Euler A","scale":4.5,"seed":77,\
            "size":"512x768","model":"x.ckpt","lora":[{"model":"l.ckpt","weight":0.6}]}
            """.replacing("\"", with: "&quot;")
        let packet = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
            xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <xmp:CreatorTool>Draw Things</xmp:CreatorTool><exif:UserComment><rdf:Alt>
            <rdf:li xml:lang="x-default">\(json)</rdf:li></rdf:Alt></exif:UserComment>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """
        let chunk = Array("XML:com.adobe.xmp\0\0\0\0\0\(packet)".utf8)
        let found = try metadata(PNGBuilder.pixel(after: [("iTXt", chunk)])).generation
        #expect(found?.rule == "draw-things" && found?.generator == "Draw Things")
        #expect(found?.prompt == "a cat, night" && found?.negativePrompt == "blurry")
        #expect(found?.seed == "77" && found?.steps == 8 && found?.cfgScale == 4.5)
        #expect(found?.width == 512 && found?.height == 768 && found?.model == "x.ckpt")
        #expect(found?.loras == [.init(name: "l.ckpt", weight: 0.6)])
    }

    @Test func aJPEGsCommentMayBeAGenerators() throws {
        let json =
            #"{"prompt":"fjord","negative_prompt":"fog","base_model":"m","styles":[],"seed":3}"#
        let jpeg = try JPEGBuilder.adding(
            [(0xFE, Array((json + "\0").utf8))],
            to: Fixture.bytes("rgb-420.jpg")
        )
        let found = try metadata(jpeg)
        #expect(found.generation?.rule == "fooocus-mre" && found.generation?.prompt == "fjord")
        #expect(found.textChunks == [.init(key: "Comment", text: json)])
    }

    @Test func EXIFBehindThePixelsOfAPNGIsRead() throws {
        var block = ExifBuilder(isBigEndian: true)
        let text = "cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 8x8"
        block.exif = [
            (0x9286, 7, Array("UNICODE\0".utf8) + text.utf16.flatMap { block.number(Int($0), 2) })
        ]
        let found = try metadata(PNGBuilder.pixel(after: [("eXIf", block.tiff)]))
        #expect(found.generation?.rule == "a1111" && found.generation?.seed == "5")
    }

    /// ComfyUI's animations keep their graphs in a chunk of their own behind the pixels.
    @Test func ComfyUIsOwnChunkIsRead() throws {
        let graph = #"{"1":{"class_type":"CLIPTextEncode","inputs":{"text":"three tall pines"}}}"#
        let chunk = Array("prompt\0\(graph)".utf8)
        let found = try metadata(PNGBuilder.pixel(after: [("comf", chunk)]))
        #expect(found.textChunks == [.init(key: "prompt", text: graph)])
        #expect(found.generation?.rule == "comfyui")
    }

    @Test func FooocusNamesItsSchemeInTheMakersNote() throws {
        var block = ExifBuilder()
        let json = #"{"prompt":"a pond","seed":"9","steps":30,"version":"2.5"}"#
        block.main = [
            (0x0131, 2, ExifBuilder.text("Fooocus v2.5.0")), (0x9286, 2, ExifBuilder.text(json)),
            (0x927C, 2, ExifBuilder.text("fooocus")),
        ]
        let found = try metadata(block.jpeg(from: Fixture.bytes("rgb-420.jpg")))
        #expect(found.generation?.rule == "fooocus" && found.generation?.prompt == "a pond")
        #expect(found.textChunks.contains(.init(key: "Software", text: "Fooocus v2.5.0")))
    }

    @Test func NovelAIsCharactersHaveNegativesOfTheirOwn() {
        let comment = """
            {"prompt":"two girls","uc":"bad","v4_prompt":{"caption":{"base_caption":"two girls",\
            "char_captions":[{"char_caption":"red hair"}]}},"v4_negative_prompt":{"caption":\
            {"base_caption":"bad","char_captions":[{"char_caption":"hat"},{"char_caption":""}]}}}
            """
        let found = GenerationReader.generation(in: [
            .init(key: "Software", text: "NovelAI"), .init(key: "Comment", text: comment),
        ])
        #expect(found?.prompt == "two girls\nred hair" && found?.negativePrompt == "bad\nhat")
    }
}
