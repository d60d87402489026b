import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct QueryPropertyTests {
    private static let pieces = [
        "猫", "犬", "海", "の", "以外", "なし", "のない", "がいない", "を除く", "昨年の夏", "去年", "2023年8月", "今日",
        "cat", "dogs", "a", "no", "without", "except", "but not", "and", "or", "last summer",
        "in 2021",
        "yesterday", "June 2023", "steps:>20", "steps:abc", "taken:2024-06..08", "added:2024",
        "foo:bar",
        "type:png", "-type:gif", "OR", "または", "|", "-", "--", "\"", "「", "」", "“", "”", "\"a b\"",
        "「夕日」",
        "*", "cam*", "-cam*", "-猫", "：", "＊", "－犬", "👨‍👩‍👧", "e\u{301}", "(", ")", "\n", "\u{200B}",
        "、", ",",
        "words:", "words:\"x y\"", "taken:", "seed:1", "cfg:0.00001", "..", "sign", "http://a.b",
        "12:30",
    ]

    private static func input(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
                + (Bool.random(using: &random) ? " " : "")
        }.joined()
    }

    @Test func theOneSpellingMeansTheSame() {
        var random = SplitMix64(seed: 6)
        for _ in 0..<4000 {
            let input = Self.input(&random)
            let parsed = QuerySample.parser.parse(input)
            let again = QuerySample.parser.parse(parsed.description)
            #expect(again.words == parsed.words, "\(input) ⇒ \(parsed.description)")
            #expect(again.text == parsed.text, "\(input) ⇒ \(parsed.description)")
            #expect(again.exclusions == parsed.exclusions, "\(input) ⇒ \(parsed.description)")
            #expect(again.filter == parsed.filter, "\(input) ⇒ \(parsed.description)")
        }
    }

    @Test func chipsLieInTheInputAndCanBeTakenOut() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let input = Self.input(&random)
            let parsed = QuerySample.parser.parse(input)
            var end = 0
            for chip in parsed.chips {
                #expect(chip.range.lowerBound >= end && chip.range.upperBound <= input.utf16.count)
                end = chip.range.upperBound
                let source = String(decoding: Array(input.utf16)[chip.range], as: UTF16.self)
                #expect(source == chip.source, "\(input)")
                let rest = QuerySample.parser.parse(chip.inputWithout)
                let count = { (chips: [QueryChip]) in chips.count { $0.source == chip.source } }
                #expect(count(rest.chips) < count(parsed.chips), "\(input) without \(chip.source)")
            }
        }
    }

    @Test func textsOfAnyKindAreUnderstood() {
        var random = SplitMix64(seed: 8)
        for _ in 0..<1000 {
            let scalars = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x1_FFFF, using: &random))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let parsed = QuerySample.parser.parse(String(text))
            #expect(
                QuerySample.parser.parse(parsed.description).words == parsed.words,
                "\(scalars)"
            )
        }
    }

    @Test(arguments: [
        "a ", "猫以外の", "\"", "「", "today ", "x OR ", "-a ", "steps:1 ", "last ", "in 2021 ", "no ",
        "猫の",
    ])
    func longTextsAreCut(_ piece: String) {
        let input = String(repeating: piece, count: 20_000)
        let parsed = QuerySample.parser.parse(input)
        #expect(parsed.hints.contains { $0.contains("10000") })
        #expect(parsed.words.utf16.count <= 10_000)
        #expect(parsed.text?.alternatives.count ?? 0 <= 64)
        #expect(parsed.chips.count <= 128)
    }
}
