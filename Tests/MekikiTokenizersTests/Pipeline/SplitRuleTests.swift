import Testing

@testable import MekikiTokenizers

@Suite("Splitting into words")
struct SplitRuleTests {
    // What Python's regex module gives for the same patterns.
    @Test(
        "CLIP's pattern",
        arguments: [
            ("a cat", ["a", "cat"]), ("it's", ["it", "'s"]), ("''s", ["''", "s"]),
            ("they'll've", ["they", "'ll", "'ve"]), ("'x", ["'", "x"]),
            ("2024", ["2", "0", "2", "4"]), ("a1b", ["a", "1", "b"]), ("!?'s", ["!?'", "s"]),
            ("  ", []), ("", []),
            ("<|endoftext|>x", ["<|endoftext|>", "x"]),
            ("!<|endoftext|>", ["!<|", "endoftext", "|>"]), ("三毛猫、犬", ["三毛猫", "、", "犬"]),
        ]
    )
    func clip(_ text: String, _ expected: [String]) {
        #expect(words(.clip, text) == expected)
    }

    @Test(
        "GPT-2's pattern",
        arguments: [
            ("a cat", ["a", " cat"]), ("a  cat", ["a", " ", " cat"]), ("a ", ["a", " "]),
            ("  ", ["  "]), ("a\ncat", ["a", "\n", "cat"]), ("a \n cat", ["a", " \n", " cat"]),
            ("2024 12", ["2024", " 12"]), ("it's !!", ["it", "'s", " !!"]),
            ("<|endoftext|>", ["<|", "endoftext", "|>"]), ("a\u{3000}b", ["a", "\u{3000}", "b"]),
            ("", []),
        ]
    )
    func gpt2(_ text: String, _ expected: [String]) {
        #expect(words(.gpt2, text) == expected)
    }

    @Test("Words of a part stay within it")
    func part() {
        let text = ClassifiedText(Array("abc'll".unicodeScalars))
        #expect(SplitRule.clip.words(in: 1..<5, of: text) == [1..<3, 3..<4, 4..<5])
    }

    private func words(_ rule: SplitRule, _ text: String) -> [String] {
        let classified = ClassifiedText(Array(text.unicodeScalars))
        return rule.words(in: 0..<classified.scalars.count, of: classified).map { range in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: classified.scalars[range])
            return String(view)
        }
    }
}
