import MekikiCore
import MekikiSearch
import Testing

@Suite struct QueryChipTests {
    @Test func chipsSayWhatWasUnderstood() {
        let input = "👨‍👩‍👧 昨年の夏の海 -人 steps:>20 猫 OR 犬 \"a b\" cam*"
        let chips = QuerySample.parser.parse(input).chips
        #expect(chips.map(\.kind) == [.date, .exclusion, .filter, .alternative, .phrase, .prefix])
        #expect(chips[0].source == "昨年の夏の")
        #expect(chips[0].range == 9..<14)
        #expect(chips[0].japaneseLabel == "撮影: 2025-06-01〜2025-08-31")
        #expect(chips[0].englishLabel == "taken: 2025-06-01 to 2025-08-31")
        #expect(
            chips[0].inputWithout == "👨‍👩‍👧 海 -人 steps:>20 猫 OR 犬 \"a b\" cam*"
        )
        #expect(chips[1].japaneseLabel == "人を除く")
        #expect(chips[1].inputAsWords == nil)
        #expect(chips[2].englishLabel == "steps: >20")
    }

    @Test func naturalPartsCanBeTakenLiterally() throws {
        let chip = try #require(QuerySample.parser.parse("猫以外の動物").chips.first)
        let literal = try #require(chip.inputAsWords)
        let parsed = QuerySample.parser.parse(literal)
        #expect(parsed.exclusions.isEmpty && parsed.chips.isEmpty)
        #expect(parsed.words == "猫以外の 動物")
    }

    @Test func momentsOfTheLibraryAreInUTC() {
        #expect(
            QuerySample.parser.parse("added:2024-06-01").filter
                == .condition(
                    FilterCondition(
                        .added,
                        .moment(from: "2024-05-31T15:00:00", before: "2024-06-01T15:00:00")
                    )
                )
        )
        #expect(
            QuerySample.parser.parse("taken:2024-06-01").filter
                == .condition(
                    FilterCondition(
                        .taken,
                        .moment(from: "2024-06-01T00:00:00", before: "2024-06-02T00:00:00")
                    )
                )
        )
    }

    @Test func excludedWordsAreLeftOutOfFullText() {
        let parsed = QuerySample.parser.parse("海 -猫 -\"a b\" -cam*")
        #expect(parsed.exclusions == ["猫", "a b", "cam"])
        #expect(
            parsed.text
                == TextQuery(
                    alternatives: [[.init("海")]],
                    excluded: [.init("猫"), .init("a b", .phrase), .init("cam", .prefix)]
                )
        )
    }

    @Test func exclusionsAloneAreFound() {
        let found = QuerySample.parser.exclusions(in: "猫以外の動物")
        #expect(found.things == ["猫"] && found.words == "動物")
    }
}
