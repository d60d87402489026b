import Testing

@testable import MekikiModels

@Suite struct TextPromptsTests {
    @Test func theFilesPromptsCount() {
        let prompts = TextPrompts(
            file: ["query": "q: ", "passage": "p: "],
            standard: nil,
            name: "cl-nagoya/ruri-v3-30m"
        )
        #expect(prompts.query == "q: " && prompts.document == "p: ")
    }

    @Test func aStandardPromptStandsForWhatIsNotNamed() {
        let prompts = TextPrompts(
            file: ["query": "q: ", "other": "o: "],
            standard: "other",
            name: "x"
        )
        #expect(prompts.query == "q: " && prompts.document == "o: ")
    }

    @Test(
        arguments: [
            ("intfloat/multilingual-e5-small", "query: ", "passage: "),
            ("multilingual-e5-large", "query: ", "passage: "),
            ("intfloat/multilingual-e5-large-instruct", "", ""),
            ("cl-nagoya/ruri-v3-310m", "検索クエリ: ", "検索文書: "),
            ("cl-nagoya/ruri-base", "クエリ: ", "文章: "),
            ("pkshatech/GLuCoSE-base-ja-v2", "query: ", "passage: "),
            ("pkshatech/GLuCoSE-base-ja", "", ""),
            ("BAAI/bge-m3", "", ""),
            ("sentence-transformers/all-MiniLM-L6-v2", "", ""),
        ]
    )
    func familiesWhoseFilesNameNoneAreKnown(_ name: String, _ query: String, _ document: String) {
        // Newer libraries write empty prompts where there are none.
        for file in [[:], ["query": "", "document": ""]] as [[String: String]] {
            let prompts = TextPrompts(file: file, standard: nil, name: name)
            #expect(prompts[.query] == query)
            #expect(prompts[.document] == document)
        }
    }
}
