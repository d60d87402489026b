import Foundation
import MekikiTesting
import Testing

/// `mekiki eval` from outside.
@Suite(.serialized) struct EvalTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    private func write(_ lines: String) throws -> String {
        let file = program.folder.url.appending(path: "queries.jsonl")
        try Data(lines.utf8).write(to: file)
        return file.path
    }

    /// The file of queries that comes with the samples.
    @Test func theSamplesAreFoundByTheirCaptions() throws {
        #expect(try program.run("index", BuiltProgram.samples.path).status == 0)
        let file = BuiltProgram.checkout.appending(path: "Samples/queries.jsonl").path
        let outcome = try program.run("eval", file, "--json")
        #expect(outcome.status == 0)
        let document = try #require(outcome.documents.first)
        #expect(document["queries"] as? Int == 140)
        #expect((document["problems"] as? [Any])?.isEmpty == true)
        let model = try #require((document["models"] as? [[String: Any]])?.first)
        #expect(model["model"] as? String == "starter")
        #expect(model["rankedImages"] as? Int == 70)
        let all = try #require((model["all"] as? [String: Any])?["metrics"] as? [String: Any])
        let recall = try #require(all["recall@10"] as? [String: Double])
        let mean = try #require(recall["mean"])
        #expect(mean > 0.8)
        #expect(try #require(recall["low"]) <= mean && mean <= (try #require(recall["high"])))
        let languages = try #require(model["languages"] as? [[String: Any]])
        #expect(languages.map { $0["name"] as? String } == ["en", "ja"])
        #expect(languages.map { $0["queries"] as? Int } == [70, 70])
        let kinds = try #require(model["kinds"] as? [[String: Any]])
        #expect(kinds.map { $0["name"] as? String } == ["animals", "days", "food", "places"])
    }

    @Test func modelsAreComparedOnTheSameQueries() throws {
        let images = try program.copySamples(4)
        _ = try program.run("index", images.path)
        let file = try write(
            """
            {"query": "飛行機", "images": [1], "kind": "one"}
            {"query": "cat", "images": [2, 3]}
            """
        )
        let starter = BuiltProgram.checkout.appending(path: "Models/starter").path
        let twice = ["eval", file, "--model", starter, "--model", starter]
        let table = try program.run(twice + ["--each"])
        #expect(table.status == 0)
        #expect(table.errors.contains("The language of 2 queries was told by the script."))
        for word in [
            "recall@1", "MRR", "nDCG@10", "language en", "kind one", "minus the first", "+0.000",
        ] {
            #expect(table.output.contains(word), "\(word)")
        }
        #expect(table.output.components(separatedBy: "line 2  cat: ").count == 3)
        let models =
            try program.run(twice + ["--json"]).documents.first?["models"] as? [[String: Any]]
        #expect(models?.count == 2)
        #expect(models?.last?["differenceToFirst"] != nil)
    }

    @Test func linesThatCannotBeUsedAreTold() throws {
        let images = try program.copySamples(2)
        _ = try program.run("index", images.path)
        let file = try write(
            """
            {"query": "cat", "images": [1, "no-such.jpg"]}
            {"query": "cat"
            {"query": "dog", "images": [77]}
            """
        )
        let outcome = try program.run("eval", file)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("line 1: no-such.jpg: The library has no such image."))
        #expect(outcome.errors.contains("line 2: This is no JSON."))
        #expect(outcome.errors.contains("line 3: 77: "))
        let document = try #require(program.run("eval", file, "--json").documents.first)
        #expect(document["queries"] as? Int == 1)
        #expect((document["problems"] as? [Any])?.count == 3)

        let none = try program.run("eval", try write(#"{"query": "dog", "images": [77]}"#))
        #expect(none.status == 65)
        #expect(none.errors.contains("No line can be used"))
    }

    @Test func mistakesHaveTheirExitStatus() throws {
        #expect(try program.run("eval").status == 64)
        #expect(try program.run("eval", "/no/such/file").status == 66)
        let file = try write(#"{"query": "dog", "images": [1]}"#)
        #expect(try program.run("eval", file).status == 66)
    }
}
