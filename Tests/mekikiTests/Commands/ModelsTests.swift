import Foundation
import Testing

/// `mekiki models list|info`, and what a first run offers.
@Suite(.serialized) struct ModelsTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    @Test func theListHasTheStarterAndThePresets() throws {
        let list = try program.run("models", "list")
        #expect(list.status == 0)
        let lines = list.output.split(separator: "\n")
        #expect(lines.first?.contains("licence") == true)
        #expect(lines.dropFirst().first?.hasPrefix("* starter ") == true)
        #expect(lines.contains { $0.contains("original") && $0.contains("gated") })
        let documents = try program.run("models", "--json").documents
        #expect(documents.count == 11)
        #expect(documents.first?["isCurrent"] as? Bool == true)
        #expect((documents.first?["dimension"] as? Int ?? 0) > 0)
        let preset = try #require(documents.first { $0["name"] as? String == "ja-best" })
        #expect(preset["presence"] as? String == "absent")
        #expect((preset["figures"] as? [[String: Any]])?.count == 3)
    }

    @Test func theLibrarysVectorsAreCounted() throws {
        let images = try program.copySamples(3)
        _ = try program.run("index", images.path)
        let starter = try #require(try program.run("models", "--json").documents.first)
        #expect(starter["vectors"] as? Int == 3)
        #expect((starter["dimension"] as? Int ?? 0) > 0)
    }

    @Test func aPresetThatIsNotHereIsDescribed() throws {
        let info = try program.run("models", "info", "original")
        #expect(info.status == 0)
        #expect(
            info.output.contains("https://huggingface.co/stabilityai/japanese-stable-clip-vit-l-16")
        )
        #expect(info.output.contains("XM3600 retrieval in Japanese: 66.03"))
        #expect(info.output.contains("`mekiki models pull original`"))
    }

    @Test func theStarterHasAName() throws {
        let info = try program.run("models", "info", "starter")
        #expect(info.output.contains("passed their self-test"))
        let wrong = try program.run("models", "info", "nothing")
        #expect(wrong.status == 66)
        #expect(wrong.errors.contains("no preset of this name"))
    }

    @Test func withoutATerminalNothingIsAsked() throws {
        let images = try program.copySamples(1)
        let indexed = try program.run(
            ["index", images.path],
            environment: ["HF_ENDPOINT": "http://127.0.0.1:1"]
        )
        #expect(indexed.status == 0)
        #expect(!indexed.errors.contains("[y/N]"))
    }

    @Test func aFirstRunOnATerminalAsksAndTakesNoForAnAnswer() throws {
        let images = try program.copySamples(1)
        let first = try program.runOnTerminal(["index", images.path], typing: "\n")
        #expect(first.contains("Fetch the model “multilingual”"))
        #expect(first.contains("[y/N]"))
        #expect(first.contains("`mekiki models pull multilingual` fetches it later."))
        #expect(first.contains("1 new"))
        // The library is there now: nobody is asked twice.
        let second = try program.runOnTerminal(["index", images.path], typing: "\n")
        #expect(!second.contains("[y/N]"))
    }

    @Test func aFirstRunFetchesAfterAYes() throws {
        let images = try program.copySamples(1)
        let text = try program.runOnTerminal(["index", images.path], typing: "y\n")
        // Nobody listens at the address that tests give for the hub.
        #expect(text.contains("127.0.0.1 can't be reached (Connection refused)"))
        #expect(!text.contains("1 new"))
    }
}
