import Testing

@testable import MekikiTokenizers

@Suite("Text patterns")
struct TextPatternTests {
    @Test(
        "Expressions match what they say",
        arguments: [
            (" {2,}", "a   b c", ["   "]), (#"\s+"#, "a \t b", [" \t "]),
            ("[a-c]", "abd", ["a", "b"]),
            (#"[\r\n]+|x"#, "x\r\ny", ["x", "\r\n"]), (#"\d{1,3}"#, "12345", ["123", "45"]),
            (#"[^\s\p{L}]+"#, "ab 1,2 c", ["1,2"]), (#"\p{N}"#, "½2x", ["½", "2"]),
            (#"[\!\"\-]"#, "a-b!", ["-", "!"]), ("ab", "aabab", ["ab", "ab"]),
            ("a?b", "aab", ["ab"]),
            (#"\P{L}+"#, "a12b", ["12"]), (".", "a\nb", ["a", "b"]),
        ]
    )
    func matches(_ expression: String, _ text: String, _ matches: [String]) throws {
        let pattern = try #require(TextPattern(expression: expression))
        let scalars = Array(text.unicodeScalars)
        let found = pattern.parts(of: scalars, in: 0..<scalars.count).filter(\.isMatch)
            .map { part in String(String.UnicodeScalarView(scalars[part.range])) }
        #expect(found == matches)
    }

    @Test(
        "What would need more is refused",
        arguments: [
            "", "(a)", "a*?", "a++", "^a", "a$", "[a", "a|", "[[a]]", #"\b"#, #"\p{Greek}"#, "a{x}",
            "a{3,1}", "a+a", #"\s+\s"#, #"(?!\S)"#, "[b-a]", "{", "*", "a{99999999999999999999}",
            "a{",
            "[", "\\", "[\\", "a{1", #"\p{L"#,
        ]
    )
    func refuses(_ expression: String) {
        #expect(TextPattern(expression: expression) == nil)
    }

    @Test("A literal is no expression")
    func literal() {
        let text = Array("a.b.c".unicodeScalars)
        let parts = TextPattern(literal: ".").parts(of: text, in: 0..<5)
        #expect(parts.filter(\.isMatch).map(\.range) == [1..<2, 3..<4])
        #expect(TextPattern(literal: "").parts(of: text, in: 0..<5).map(\.isMatch) == [false])
    }
}
