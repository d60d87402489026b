import Foundation
import Testing

@testable import MekikiTokenizers

@Suite("Reading JSON")
struct JSONParserTests {
    @Test("Values are read as Foundation reads them")
    func equalsFoundation() throws {
        let text = #"""
             {"a": [1, -2.5e3, 0, 12345678901234567890, 1E-2], "": {}, "b\"\\\/\b\f\n\r\tA": [],
             "\u00e9\ud83d\ude00猫": "é😀", "t": true, "f": false, "n": null, "deep": [[[{"x": [1]}]]]}
            """#
        let value = try JSONParser.parse(Array(text.utf8))
        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let key = "value" as NSString
        let result = NSDictionary(object: plain(value), forKey: key)
        #expect(result == NSDictionary(object: expected, forKey: key))
    }

    @Test("A byte order mark is no harm")
    func byteOrderMark() throws {
        guard case .array(let elements) = try JSONParser.parse(Array("\u{FEFF}[1]".utf8)) else {
            Issue.record("No list was read.")
            return
        }
        #expect(elements.count == 1)
    }

    @Test(
        "What isn't JSON is refused",
        arguments: [
            "", " ", "{", "[", "[1,]", "[1 2]", "{1: 2}", #"{"a" 1}"#, #"{"a": }"#, "tru", "nul",
            #""abc"#, #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "1 2",
            "-", "1.2.3", "\"a\nb\"", "\"\\", #"{"a": 1"#, "]",
        ]
    )
    func refuses(_ text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test("Bytes that are not UTF-8 are refused")
    func refusesBadUTF8() {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    }

    @Test("Hostile nesting is refused")
    func refusesDepth() {
        let text = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(text) }
    }

    private func plain(_ value: JSONValue) -> Any {
        switch value {
        case .null, .unread: return NSNull()
        case .bool(let flag): return flag
        case .number(let number): return number
        case .string(let text): return text
        case .array(let elements): return elements.map(plain)
        case .object(let members):
            return Dictionary(uniqueKeysWithValues: members.map { ($0.key, plain($0.value)) })
        }
    }
}
