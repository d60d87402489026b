import Foundation
import MekikiCore
import Testing

@testable import MekikiTensor

/// Files that lie about themselves: each is refused with a sentence, and none is read beyond its end.
@Suite struct DamagedSafetensorsTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]

        init(_ description: String, _ header: String, data: Int = 16, length: UInt64? = nil) {
            testDescription = description
            bytes = SafetensorsSample.bytes(
                header: header,
                data: [UInt8](repeating: 1, count: data),
                length: length
            )
        }

        init(_ description: String, bytes: [UInt8]) {
            testDescription = description
            self.bytes = bytes
        }
    }

    static func entry(
        _ name: String,
        dtype: String = "F32",
        shape: String = "[4]",
        offsets: String = "[0,16]"
    ) -> String {
        #""\#(name)":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    static let damages = [
        Damage("empty", bytes: []),
        Damage("shorter than its length field", bytes: [1, 0, 0]),
        Damage("length beyond the file", "{}", data: 0, length: 3),
        Damage("length beyond the format", "{}", length: 100_000_001),
        Damage("length beyond any integer", "{}", length: .max),
        Damage("length beyond signed integers", "{}", length: 1 << 63),
        Damage("no object", "[]"),
        Damage("empty header", ""),
        Damage("unterminated", "{" + entry("a")),
        Damage("trailing text", "{" + entry("a") + "} x"),
        Damage("unknown type", "{" + entry("a", dtype: "F99") + "}"),
        Damage("duplicate names", "{\(entry("a", offsets: "[0,16]")),\(entry("a"))}"),
        Damage("missing offsets", #"{"a":{"dtype":"F32","shape":[4]}}"#),
        Damage("one offset", "{" + entry("a", offsets: "[0]") + "}"),
        Damage("three offsets", "{" + entry("a", offsets: "[0,16,16]") + "}"),
        Damage("offsets reversed", "{" + entry("a", offsets: "[16,0]") + "}"),
        Damage("negative offset", "{" + entry("a", offsets: "[-1,15]") + "}"),
        Damage("offset out of range", "{" + entry("a", offsets: "[0,99999999999999999999]") + "}"),
        Damage("beyond the end", "{" + entry("a", shape: "[5]", offsets: "[0,20]") + "}"),
        Damage("shape other than bytes", "{" + entry("a", shape: "[3]") + "}"),
        Damage("shape overflows", "{" + entry("a", shape: "[4611686018427387904,4]") + "}"),
        Damage(
            "shape wraps to the right size",
            "{" + entry("a", shape: "[4294967296,4294967296,1]") + "}"
        ),
        Damage(
            "too many extents",
            "{" + entry("a", shape: "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4]") + "}"
        ),
        Damage("fractional extent", "{" + entry("a", shape: "[4.0]") + "}"),
        Damage(
            "overlap",
            "{" + entry("a") + "," + entry("b", shape: "[2]", offsets: "[8,16]") + "}"
        ),
        Damage("hole", "{" + entry("a", shape: "[2]", offsets: "[8,16]") + "}"),
        Damage("rest", "{" + entry("a", shape: "[2]", offsets: "[0,8]") + "}"),
        Damage("bad escape", #"{"a\x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#),
        Damage(
            "half a character",
            #"{"\ud800":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#
        ),
        Damage("control character", "{\"a\u{1}\":{}}"),
    ]

    @Test(arguments: damages)
    func itIsRefused(_ damage: Damage) throws {
        try SafetensorsSample.withFile(damage.bytes) { url in
            let error = try #require(throws: MekikiError.self) {
                try Safetensors(contentsOf: url)
            }
            #expect(error.code == .badData)
            #expect(error.subject == url.path)
            #expect(error.message.contains("fetch it again"))
        }
    }

    /// Whatever a few changed bytes say, the answer is an error or tensors inside the file.
    @Test func changedBytesNeverLeadOutOfTheFile() throws {
        let whole = SafetensorsSample.bytes(
            header: SafetensorsSample.header,
            data: SafetensorsSample.data
        )
        var random = RandomNumbers(seed: 12)
        var refused = 0
        var accepted = 0
        for _ in 0..<3000 {
            let bytes = Self.change(whole, using: &random)
            do {
                let (entries, _) = try bytes.withUnsafeBytes { try Safetensors.readHeader($0) }
                accepted += 1
                for entry in entries.values {
                    #expect(entry.bytes.lowerBound >= 8 && entry.bytes.upperBound <= bytes.count)
                    let elements = entry.shape.reduce(1, *)
                    #expect(elements * entry.element.byteCount == entry.bytes.count)
                }
            } catch let error as MekikiError {
                #expect(error.code == .badData)
                refused += 1
            }
        }
        #expect(refused > 1000)
        #expect(accepted > 0)
    }

    private static func change(_ whole: [UInt8], using random: inout RandomNumbers) -> [UInt8] {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<bytes.count - 30, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = UInt8(ascii: "9")
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8(ascii: "{"), at: place)
            default: bytes.removeLast(Int.random(in: 0...9, using: &random))
            }
        }
        return bytes
    }
}
