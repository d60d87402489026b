import Foundation
import MekikiCore
import Testing

@testable import MekikiImages

/// What files declare about how they came to be.
@Suite struct ContentCredentialsTests {
    private func provenance(_ data: Data) throws -> Provenance? {
        try VipsImageReader().read(data, ImageReadRequest(encoderSide: nil, thumbnailSide: nil))
            .metadata.provenance
    }

    // MARK: Writing

    private func text(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return bytes.count < 24
            ? [0x60 | UInt8(bytes.count)] + bytes : [0x78, UInt8(bytes.count)] + bytes
    }

    private func map(_ members: [(String, [UInt8])]) -> [UInt8] {
        [0xA0 | UInt8(members.count)] + members.flatMap { text($0.0) + $0.1 }
    }

    private func list(_ values: [[UInt8]]) -> [UInt8] {
        [0x80 | UInt8(values.count)] + values.joined()
    }

    private func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        JPEGBuilder.big(content.count + 8, 4) + Array(type.utf8) + content
    }

    private func superbox(_ label: String, _ content: [UInt8]) -> [UInt8] {
        let description = [UInt8](repeating: 9, count: 16) + [3] + Array(label.utf8) + [0]
        return box("jumb", box("jumd", description) + content)
    }

    private static let generated =
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

    private func store(_ actions: [[UInt8]], _ claim: [UInt8]) -> [UInt8] {
        let assertions = superbox(
            "c2pa.assertions",
            superbox("c2pa.actions.v2", box("cbor", map([("actions", list(actions))])))
        )
        return superbox(
            "c2pa",
            superbox("urn:uuid:1", assertions + superbox("c2pa.claim.v2", box("cbor", claim)))
        )
    }

    private var sample: [UInt8] {
        store(
            [
                map([
                    ("action", text("c2pa.created")), ("digitalSourceType", text(Self.generated)),
                    ("softwareAgent", map([("name", text("GPT-4o"))])),
                ])
            ],
            // A tag, a negative number, a byte string and a float are read over.
            map([
                ("alg", [0xC0] + text("x")), ("n", [0x38, 0x63]), ("b", [0x42, 1, 2]),
                ("f", [0xFB, 0, 0, 0, 0, 0, 0, 0, 0]),
                ("claim_generator_info", list([map([("name", text("ChatGPT"))])])),
            ])
        )
    }

    private let expected = Provenance(
        source: "c2pa",
        isGenerated: true,
        isEdited: false,
        generator: "ChatGPT"
    )

    // MARK: Reading

    @Test func aPNGDeclares() throws {
        #expect(try provenance(PNGBuilder.pixel(before: [("caBX", sample)])) == expected)
    }

    /// Boxes longer than a segment stand in several, each with the box's head.
    @Test func aJPEGDeclaresInSeveralSegments() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        let parts = stride(from: 0, to: sample.count, by: 60).enumerated().map { number, start in
            let head = Array("JP".utf8) + [0, 1] + JPEGBuilder.big(number + 1, 4)
            let repeated = number == 0 ? [] : Array(sample[..<8])
            let own = Array(sample[start..<min(start + 60, sample.count)])
            return (code: UInt8(0xEB), content: head + repeated + own)
        }
        #expect(parts.count > 3)
        #expect(try provenance(JPEGBuilder.adding(parts, to: jpeg)) == expected)
    }

    @Test func editsAndOlderClaimsAreRead() throws {
        let store = store(
            [map([("action", text("c2pa.opened"))]), map([("action", text("c2pa.edited"))])],
            map([("claim_generator", text("Editor/2 c2pa-rs/0.28"))])
        )
        let found = try provenance(PNGBuilder.pixel(before: [("caBX", store)]))
        #expect(
            found
                == Provenance(
                    source: "c2pa",
                    isGenerated: false,
                    isEdited: true,
                    generator: "Editor/2"
                )
        )
    }

    @Test func nothingIsDeclaredByOthers() throws {
        #expect(try provenance(PNGBuilder.pixel()) == nil)
        #expect(try provenance(PNGBuilder.pixel(before: [("caBX", [1, 2, 3])])) == nil)
        #expect(try provenance(Fixture.bytes("rgb-420.jpg")) == nil)
    }

    @Test func everyCutAndEveryChangedByteIsSurvived() {
        let sample = sample
        for place in sample.indices {
            sample[..<place].withUnsafeBytes { _ = ContentCredentials(FileBytes($0)) }
            var changed = sample
            changed[place] ^= 0xFF
            changed.withUnsafeBytes { _ = ContentCredentials(FileBytes($0)) }
        }
        // Lists within lists, and a list that claims to be endless.
        for bytes in [
            [UInt8](repeating: 0x81, count: 100_000), [0x9B] + [UInt8](repeating: 0xFF, count: 8),
        ] {
            bytes.withUnsafeBytes { #expect(CBORValue(FileBytes($0)) == nil) }
        }
    }

    @Test func XMPDeclaresToo() throws {
        let jpeg = try Fixture.bytes("rgb-420.jpg")
        func packet(_ attributes: String) -> Data {
            let text = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
                xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
                xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
                xmlns:p="http://ns.adobe.com/photoshop/1.0/" \(attributes)/></rdf:RDF></x:xmpmeta>
                """
            return JPEGBuilder.adding([JPEGBuilder.xmp(text)], to: jpeg)
        }
        let google = try provenance(packet("p:Credit='Made with Google AI'"))
        #expect(google?.generator == "Google AI" && google?.isGenerated == true)
        let declared = try provenance(packet("e:DigitalSourceType='\(Self.generated)'"))
        #expect(declared?.source == "xmp" && declared?.isGenerated == true)
        let captured = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
        #expect(try provenance(packet("e:DigitalSourceType='\(captured)'")) == nil)
    }
}
