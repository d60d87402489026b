import Testing

@testable import mekiki

@Suite struct PrintableTextTests {
    @Test(arguments: [
        ("\u{1B}[2Jx", "\u{FFFD}[2Jx"), ("a\nb", "a\u{FFFD}b"), ("a\u{202E}b", "a\u{FFFD}b"),
        ("三毛猫.png", "三毛猫.png"), ("👩‍💻", "👩‍💻"), ("\u{7F}", "\u{FFFD}"),
    ])
    func whatMovesTheCursorIsReplaced(_ text: String, _ expected: String) {
        #expect(PrintableText.of(text) == expected)
    }

    @Test func linesCanStay() {
        #expect(PrintableText.of("a\n\tb\u{7}", keepingLines: true) == "a\n\tb\u{FFFD}")
    }
}
