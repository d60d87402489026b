import Foundation
import MekikiTesting
import Testing

/// The program from outside: what a user types, what is printed, and the exit status.
@Suite(.serialized) struct ProgramTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    @Test func aFolderIsIndexedAndSearchedByWords() throws {
        let images = try program.copySamples(12)
        let indexed = try program.run("index", images.path)
        #expect(indexed.status == 0)
        #expect(indexed.output.contains("12 files: 12 new."))
        #expect(indexed.errors.contains("Starter model"))

        let found = try program.run("search", "猫", "--json")
        #expect(found.status == 0)
        let document = try #require(found.documents.first)
        #expect(document["total"] as? Int == 12)
        #expect((document["hits"] as? [Any])?.count == 12)

        let table = try program.run("search", "a", "cat", "--limit", "3")
        // Under a row may stand the words that matched.
        #expect(table.output.split(separator: "\n").count { $0.contains("×") } == 3)
        #expect(table.output.contains("1–3 of 12"))
    }

    @Test func captionsAreImportedFoundAndExported() throws {
        let images = try program.copySamples(6)
        _ = try program.run("index", images.path)
        let file = images.deletingLastPathComponent().appending(path: "captions.json")
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: images.path).sorted().first
        )
        let captions = [name.uppercased(): "三毛猫とseed 4109315140", "absent.png": "x"]
        try JSONEncoder().encode(captions).write(to: file)
        let first = try program.run("import", "captions", file.path)
        #expect(first.status == 0)
        #expect(first.output.contains("1 image got a caption"))
        #expect(first.errors.contains("absent.png"))
        let second = try program.run("import", "captions", file.path)
        #expect(second.output.contains("1 had it already"))

        for (word, method) in [("三毛", "text"), ("4109315140", "text"), ("三毛猫", "hybrid")] {
            let found = try program.run(
                "search",
                word,
                "--target",
                "caption",
                "--method",
                method,
                "--json"
            )
            let hits = try #require(found.documents.first?["hits"] as? [[String: Any]])
            let image = try #require(hits.first?["image"] as? [String: Any])
            #expect(image["name"] as? String == name)
        }
        let table = try program.run("search", "三毛", "--target", "caption", "--method", "text")
        #expect(table.output.contains("caption: 三毛猫とseed"))
        let exported = try program.run("export", "captions")
        #expect(exported.output.contains("4109315140"))
        let shown = try program.run("search", "cat -三毛猫", "--json")
        let understood = try #require(shown.documents.first?["understood"] as? [String: Any])
        #expect(understood["exclusions"] as? [String] == ["三毛猫"])
    }

    @Test func aSecondRunHasNothingToDo() throws {
        let images = try program.copySamples(3)
        _ = try program.run("index", images.path)
        let again = try program.run("index", "--quiet", "--json", images.path)
        #expect(again.errors.isEmpty)
        #expect(again.documents.first?["unchanged"] as? Int == 3)
        #expect(again.documents.first?["new"] as? Int == 0)
    }

    @Test func anImageFindsItselfAndItsLike() throws {
        let images = try program.copySamples(6)
        _ = try program.run("index", images.path)
        let file = try #require(BuiltProgram.sampleFiles().first)
        let byImage = try program.run("search", "--quiet", "--limit", "1", "--image", file.path)
        #expect(byImage.output.hasSuffix("/\(file.lastPathComponent)\n"))

        let like = try program.run("search", "--quiet", "--like", "1")
        #expect(like.output.split(separator: "\n").count == 5)
        #expect(!like.output.contains("/\(file.lastPathComponent)\n"))
    }

    @Test func brokenFilesDoNotStopARunAndTheDoctorNamesThem() throws {
        let images = try program.copySamples(2)
        let jpeg = try #require(
            BuiltProgram.sampleFiles().first { $0.pathExtension == "jpg" }
        )
        try Data().write(to: images.appending(path: "zero.jpg"))
        try Data(contentsOf: jpeg).prefix(2000).write(to: images.appending(path: "cut.jpg"))
        try Data("just words".utf8).write(to: images.appending(path: "words.png"))
        let indexed = try program.run("index", images.path)
        #expect(indexed.status == 0)
        #expect(indexed.output.contains("2 new"))
        #expect(indexed.output.contains("3 failed"))

        let doctor = try program.run("doctor", "--quiet")
        #expect(doctor.status == 0)
        for name in ["zero.jpg", "cut.jpg", "words.png"] { #expect(doctor.output.contains(name)) }
        let json = try program.run("doctor", "--json")
        let library = try #require(json.documents.first?["library"] as? [String: Any])
        let failures = try #require(library["failures"] as? [[String: Any]])
        #expect(failures.count == 3)
        #expect(failures.allSatisfy { ($0["reason"] as? String)?.hasSuffix(".") == true })
    }

    @Test func showTellsWhatIsKnown() throws {
        let images = try program.copySamples(1)
        _ = try program.run("index", images.path)
        let shown = try program.run("show", "1")
        #expect(shown.status == 0)
        for word in ["#1", "file", "size", "sha-256"] { #expect(shown.output.contains(word)) }
        let document = try #require(program.run("show", "1", "--json").documents.first)
        let image = try #require(document["image"] as? [String: Any])
        #expect(image["id"] as? Int == 1)
    }

    @Test func removeForgetsAndLeavesTheFile() throws {
        let images = try program.copySamples(2)
        _ = try program.run("index", images.path)
        #expect(try program.run("remove", "1").output == "Forgot 1 file.\n")
        #expect(try program.run("show", "1").status == 66)
        let left = try FileManager.default.contentsOfDirectory(atPath: images.path)
        #expect(left.count == 2)
        let path = images.path
        #expect(try program.run("remove", path).output == "Forgot 1 file.\n")
        #expect(try program.run("stats", "--json").documents.first?["images"] as? Int == 0)
    }

    @Test func vectorsComeInTheOrderGivenAtUnitLength() throws {
        let file = try #require(BuiltProgram.sampleFiles().first)
        let outcome = try program.run(
            "embed",
            "--json",
            "--text",
            "猫",
            "--image",
            file.path,
            "--text",
            "dog"
        )
        #expect(outcome.status == 0)
        #expect(outcome.documents.map { $0["input"] as? String } == ["猫", file.path, "dog"])
        for document in outcome.documents {
            let vector = try #require(document["vector"] as? [Double])
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-3)
        }
    }

    @Test func tokensAreFramedByStartAndEnd() throws {
        let outcome = try program.run("tokenize", "--json", "", "猫", "猫と犬")
        let ids = outcome.documents.compactMap { $0["ids"] as? [Int] }
        #expect(ids.count == 3)
        #expect(ids.first?.count == 2)
        #expect(Set(ids.map(\.first)).count == 1)
        #expect(Set(ids.map(\.last)).count == 1)
    }

    @Test func modelsAreListedAndChecked() throws {
        let list = try program.run("models", "list")
        #expect(list.output.contains("* starter"))
        let info = try program.run("models", "info", "--json")
        #expect(info.status == 0)
        #expect(info.documents.first?["architecture"] as? String == "clip")
    }

    @Test(arguments: [
        ("search", 64), ("search x --limit 0", 64), ("nonsense", 64), ("search x", 66),
        ("index /no/such/folder", 66), ("show 1", 66), ("tokenize --model /no/such/model x", 66),
        ("embed --image /no/such/file.png", 66),
    ])
    func mistakesHaveTheirExitStatus(_ line: String, _ status: Int32) throws {
        let outcome = try program.run(line.split(separator: " ").map(String.init))
        #expect(outcome.status == status)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test func aValueMayBeginWithADash() throws {
        let outcome = try program.run("embed", "--json", "--text", "-foo", "--text", "--bar")
        #expect(outcome.documents.map { $0["input"] as? String } == ["-foo", "--bar"])
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreWritten(_ shell: String) throws {
        let outcome = try program.run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("mekiki"))
        #expect(outcome.output.contains("library"))
    }

    @Test func outputIsPlainWithoutATerminal() throws {
        let images = try program.copySamples(2)
        let indexed = try program.run("index", images.path)
        let found = try program.run("search", "cat")
        for text in [indexed.output, indexed.errors, found.output, found.errors] {
            #expect(!text.contains("\u{1B}"))
        }
        #expect(indexed.errors.contains("2 of 2 images"))
    }

    @Test func anInterruptedRunKeepsItsBatchesAndTheNextGoesOn() throws {
        let images = try program.copySamples(3)
        let originals = try FileManager.default.contentsOfDirectory(atPath: images.path)
        for index in 0..<300 {
            let name = originals[index % originals.count]
            // Bytes after a picture's end make it another file with the same picture.
            var data = try Data(contentsOf: images.appending(path: name))
            data.append(Data("\(index)".utf8))
            try data.write(to: images.appending(path: "\(index)-\(name)"))
        }
        let stopped = try program.run(["index", images.path], interruptedAfter: 0.8)
        let kept = try program.run("stats", "--json").documents.first?["images"] as? Int ?? 0
        // 0 where the machine was so quick that nothing was left to stop, 2 (the signal's own number)
        // where it was so slow that the run had not begun.
        #expect([130, 0, 2].contains(stopped.status))
        if stopped.status == 130 {
            #expect(stopped.errors.contains("run the same command again"))
            #expect(kept < 303)
        }
        let next = try program.run("index", "--json", images.path).documents.first
        #expect(next?["unchanged"] as? Int == kept)
        #expect(next?["new"] as? Int == 303 - kept)
    }

    @Test func aWrongPrecisionIsNamed() throws {
        let outcome = try program.run(
            "tokenize",
            "x",
            environment: ["MEKIKI_PRECISION": "float8"]
        )
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("MEKIKI_PRECISION"))
    }

    @Test func helpNamesEveryCommand() throws {
        let help = try program.run("--help")
        #expect(help.status == 0)
        for command in [
            "index", "search", "show", "remove", "models", "embed", "rerank", "tokenize", "stats",
            "doctor",
        ] {
            #expect(help.output.contains("\n  \(command) "))
        }
    }
}
