import Testing

@testable import MekikiTokenizers

@Suite("Normalisation")
struct NormalizationStepTests {
    @Test(
        "Composition is by scalars",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
            ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{958}", "\u{915}\u{93C}"), ("ﬁ", "ﬁ"),
            ("a\0\u{FEFF}b", "a\0\u{FEFF}b"), ("", ""),
        ]
    )
    func composed(_ text: String, _ expected: String) {
        #expect(apply(.composed, text) == Array(expected.unicodeScalars))
    }

    @Test(
        "A run of blanks becomes one space",
        arguments: [
            ("a \t\n b", "a b"), ("\u{3000}\u{A0}a", " a"), ("a\u{85}\u{2028}", "a "),
            ("a\u{200B}b\u{FEFF}c\u{1C}d", "a\u{200B}b\u{FEFF}c\u{1C}d"), ("", ""),
        ]
    )
    func blanks(_ text: String, _ expected: String) {
        #expect(apply(.blanksReplaced([" "]), text) == Array(expected.unicodeScalars))
    }

    @Test(
        "Lower case looks at no neighbours",
        arguments: [
            ("ABC", "abc"), ("İ", "i\u{307}"), ("ẞ", "ß"), ("ΟΔΟΣ", "οδοσ"), ("ǅ", "ǆ"),
            ("Ａ", "ａ"), ("\u{10400}", "\u{10428}"), ("三", "三"),
        ]
    )
    func lowercased(_ text: String, _ expected: String) {
        #expect(apply(.lowercased, text) == Array(expected.unicodeScalars))
    }

    private func apply(_ step: NormalizationStep, _ text: String) -> [Unicode.Scalar] {
        var scalars = Array(text.unicodeScalars)
        step.apply(to: &scalars)
        return scalars
    }
}
