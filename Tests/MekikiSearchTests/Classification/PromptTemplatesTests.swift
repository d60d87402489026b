import MekikiCore
import MekikiSearch
import Testing

@Suite struct PromptTemplatesTests {
    private func prompts(_ noun: String, _ choices: String...) throws -> [String] {
        try PromptTemplates(choices).prompts(for: Label(noun))
    }

    @Test func theScriptChoosesTheLanguage() throws {
        let japanese = try prompts("猫")
        #expect(japanese.contains("猫の写真"))
        #expect(japanese.count > 4)
        #expect(japanese.allSatisfy { $0.contains("猫") && !$0.contains("photo") })
        let english = try prompts("cat")
        #expect(english.contains("a photo of a cat"))
        #expect(english.count > 4)
        #expect(english.allSatisfy { $0.contains("cat") && !$0.contains("写真") })
        #expect(try prompts("猫", "auto") == japanese)
        #expect(try prompts("cat", "ja").contains("catの写真"))
        #expect(try prompts("猫", "en").contains("a photo of a 猫"))
        #expect(try prompts("cat", "none") == ["cat"])
    }

    @Test func articlesFit() throws {
        #expect(try prompts("apple").contains("a photo of an apple"))
        #expect(!(try prompts("apple").contains("a photo of a apple")))
        #expect(try prompts("the Eiffel Tower").contains("a drawing of the Eiffel Tower"))
        let all = try prompts("an apple")
        #expect(all.contains("a photo of an apple"))
        #expect(!all.contains { $0.contains("an an") || $0.contains("a an") })
    }

    @Test func ownPhrasesAreTakenAsTheyAre() throws {
        #expect(
            try prompts("owl", "a {} at night", "{}と{}") == ["a owl at night", "owlとowl"]
        )
    }

    @Test func allNamesAndPromptsCountOnce() throws {
        let label = Label("n1", nouns: ["猫", "cat"], prompts: ["cat", "a tabby"])
        #expect(try PromptTemplates(["none"]).prompts(for: label) == ["猫", "cat", "a tabby"])
        let both = try PromptTemplates([]).prompts(for: label)
        #expect(both.contains("猫の写真") && both.contains("a photo of a cat"))
        let own = Label("n1", nouns: [], prompts: ["a tabby"])
        #expect(try PromptTemplates([]).prompts(for: own) == ["a tabby"])
    }

    @Test(arguments: [["photo"], ["ja", "en"], ["a {}", "auto"]])
    func whatIsNoTemplateIsRefused(_ choices: [String]) {
        let error = #expect(throws: MekikiError.self) { try PromptTemplates(choices) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains("{}") == true)
    }
}
