import MekikiCore
import MekikiSearch
import Testing

@Suite struct LabelListTests {
    @Test func commasOfBothWritingsSeparate() throws {
        let list = try LabelList(separated: " cat, dog ,,犬、猫，polar bear")
        #expect(list.labels.map(\.name) == ["cat", "dog", "犬", "猫", "polar bear"])
        #expect(list.labels.allSatisfy { $0.nouns == [$0.name] && $0.prompts.isEmpty })
    }

    @Test func aFileHasNamesAndPromptsAfterTabs() throws {
        let list = try LabelList(
            lines: """
                \u{FEFF}# animals
                猫\tcat\t猫\t

                dog
                #sunset
                night\tprompt: a dark sea under stars\tprompt:暗い海\r
                n1\tトラ猫\tprompt: a tabby cat
                """
        )
        #expect(
            list.labels == [
                Label("猫", nouns: ["cat", "猫"]), Label("dog"), Label("#sunset"),
                Label("night", nouns: [], prompts: ["a dark sea under stars", "暗い海"]),
                Label("n1", nouns: ["トラ猫"], prompts: ["a tabby cat"]),
            ]
        )
    }

    @Test func differentlyComposedNamesAreOne() throws {
        let list = try LabelList(separated: "か\u{3099}")
        #expect(list.labels.first.map { Array($0.name.unicodeScalars) } == ["が"])
    }

    @Test(arguments: [
        ("cat\n\ndog\ncat", "lines 1 and 4"), ("cat\n\tdog", "Line 2"), ("a\u{7}b", "Line 1"),
        ("cat\tprompt: ", "Line 1"), ("\n# nothing\n", "no label"), ("", "no label"),
    ])
    func whatCannotBeUsedIsNamed(_ text: String, _ word: String) {
        let error = #expect(throws: MekikiError.self) { try LabelList(lines: text) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains(word) == true)
    }

    @Test(arguments: ["", " , ", "cat,dog,cat"])
    func aListWithoutSenseIsAMistakeOfUsage(_ list: String) {
        let error = #expect(throws: MekikiError.self) { try LabelList(separated: list) }
        #expect(error?.code == .usage)
    }

    @Test func aSetIsNamedByItsLabels() throws {
        #expect(try LabelList(separated: "cat, dog").name == "cat,dog")
        let many = (1...60).map { "label \($0)" }
        let long = try LabelList(separated: many.joined(separator: ","))
        let other = try LabelList(separated: (many.dropLast() + ["x"]).joined(separator: ","))
        #expect(long.name.utf8.count < 100)
        #expect(long.name.hasPrefix("60 labels from label 1 ("))
        #expect(long.name != other.name)
    }
}
