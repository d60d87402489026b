import Foundation
import MekikiTesting
import Testing

/// `mekiki classify` from outside.
@Suite(.serialized) struct ClassifyTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    private static let cat = BuiltProgram.samples.appending(path: "animals/cat-by-the-window.jpg")

    /// A picture that no test indexes.
    private static let turtle = BuiltProgram.checkout
        .appending(path: "Samples/queries/turtle-on-the-sand.jpg")

    private func labels(_ document: [String: Any]) throws -> [(String, Double)] {
        try #require(document["labels"] as? [[String: Any]]).map {
            (try #require($0["label"] as? String), try #require($0["probability"] as? Double))
        }
    }

    @Test func aFileIsClassifiedWithoutALibrary() throws {
        let outcome = try program.run(
            "classify",
            Self.cat.path,
            "--labels",
            "猫、ロケット、りんご",
            "--json"
        )
        #expect(outcome.status == 0)
        let found = try labels(try #require(outcome.documents.first))
        #expect(found.first?.0 == "猫")
        #expect(found.count == 3)
        #expect(abs(found.reduce(0) { $0 + $1.1 } - 1) < 1e-5)
        #expect(found.map(\.1) == found.map(\.1).sorted(by: >))
        let table = try program.run(
            "classify",
            Self.cat.path,
            "--labels",
            "cat,rocket",
            "--top",
            "1"
        )
        #expect(table.output.hasSuffix("  cat\n"))
    }

    @Test func theLibraryIsTaggedAndTagsAreShownAndForgotten() throws {
        let images = try program.copySamples(8)
        _ = try program.run("index", images.path)
        let labelFile = program.folder.url.appending(path: "animals.txt")
        try Data("# what it shows\n猫\tcat\t猫\nbird\nbutterfly\ncamel\n".utf8).write(to: labelFile)
        let line = ["classify", "--labels-file", labelFile.path]

        let shown = try program.run(line)
        #expect(shown.status == 0)
        #expect(shown.output.split(separator: "\n").count == 8)
        let documents = try program.run(line + ["--json"]).documents
        #expect(documents.compactMap { $0["image"] as? Int } == Array(1...8))
        #expect(try labels(documents[0]).count == 4)
        #expect((documents[0]["file"] as? String)?.hasPrefix("/") == true)

        let stored = try program.run(line + ["--store", "--json", "--threshold", "0.3"])
        let summary = try #require(stored.documents.first)
        #expect(summary["labelSet"] as? String == "animals")
        #expect(summary["images"] as? Int == 8)
        let tagCount = try #require(summary["tags"] as? Int)
        #expect(tagCount > 0)
        #expect(try program.run(line + ["--store"]).output.contains("Stored "))

        let cat = try program.run("classify", "1", "--labels", "cat,dog", "--store", "--json")
        #expect(cat.status == 0)
        let details = try #require(program.run("show", "1", "--json").documents.first)
        let tags = try #require(details["tags"] as? [[String: Any]])
        #expect(Set(tags.compactMap { $0["labelSet"] as? String }) == ["animals", "cat,dog"])
        #expect(tags.allSatisfy { $0["model"] as? String == "starter" })
        #expect(try program.run("show", "1").output.contains("(cat,dog; starter)"))

        #expect(try program.run("remove", "--tags", "nothing").status == 66)
        let removed = try program.run("remove", "--tags", "animals", "--json")
        #expect((removed.documents.first?["removedTags"] as? Int ?? 0) >= tagCount)
        let left = try #require(program.run("show", "1", "--json").documents.first)
        #expect((left["tags"] as? [[String: Any]])?.count ?? 0 <= 2)
        #expect(try program.run("doctor", "--quiet").status == 0)
    }

    @Test func aFileOfTheLibraryIsTaggedByItsContent() throws {
        let images = try program.copySamples(2)
        _ = try program.run("index", images.path)
        let file = try #require(BuiltProgram.sampleFiles().first)
        let line = [
            "--labels", "cat,dog", "--set", "pets", "--threshold", "0", "--store", "--json",
        ]
        let known = try program.run(["classify", file.path] + line)
        #expect(known.status == 0)
        let id = try #require(known.documents.first?["image"] as? Int)
        #expect(try program.run("show", "\(id)").output.contains("(pets; starter)"))
        let unknown = try program.run(["classify", Self.turtle.path] + line)
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("Index its folder first"))
    }

    @Test(arguments: [
        ("classify", 64), ("classify --labels a,b --labels-file x", 64),
        ("classify --labels a,a x.jpg", 64), ("classify --labels a,b", 66),
        ("classify --labels a,b /no/such.jpg", 66),
        ("classify --labels a,b --template photo x", 64),
        ("classify --labels-file /no/such.txt x.jpg", 66),
        ("classify --labels a,b --set x y.jpg", 64),
        ("classify --labels a,b --threshold 2 x.jpg", 64), ("classify --labels a,b 7", 66),
    ])
    func mistakesHaveTheirExitStatus(_ line: String, _ status: Int32) throws {
        let outcome = try program.run(line.split(separator: " ").map(String.init))
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
    }
}
