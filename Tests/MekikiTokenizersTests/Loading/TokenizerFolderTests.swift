import Foundation
import MekikiCore
import Testing

@testable import MekikiTokenizers

@Suite("Finding a folder's tokenizer")
struct TokenizerFolderTests {
    private static let vocabulary =
        #"{"a": 0, "a</w>": 1, "aa</w>": 2, "<|startoftext|>": 3, "<|endoftext|>": 4}"#

    private static let model =
        #""model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": [["a", "b"]]}"#

    private static let bytes =
        #""pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}"#

    @Test("Two files make a tokenizer, with or without a header and a last line's end")
    func vocabularyAndMerges() throws {
        for merges in ["a a</w>", "#version: 0.2\na a</w>\n", "#version: 0.2\r\na a</w>\r\n\r\n"] {
            let files = ["vocab.json": Self.vocabulary, "merges.txt": merges]
            let ids = try load(files).encode("aa a")
            #expect(ids == [3, 2, 1, 4])
        }
    }

    @Test("tokenizer.json wins over the pair of files")
    func precedence() throws {
        let files = [
            "tokenizer.json": "{\(Self.model), \(Self.bytes)}", "vocab.json": Self.vocabulary,
            "merges.txt": "",
        ]
        #expect(try load(files).encode("ab") == [2])
    }

    @Test("Merges may be written as strings")
    func mergeStrings() throws {
        let model = Self.model.replacingOccurrences(of: #"["a", "b"]"#, with: #""a b""#)
        #expect(try load(["tokenizer.json": "{\(model), \(Self.bytes)}"]).encode("ab") == [2])
    }

    @Test("Special tokens come from the configuration, and are found in text")
    func configuration() throws {
        let files = [
            "vocab.json": Self.vocabulary, "merges.txt": "",
            "special_tokens_map.json": #"{"pad_token": "x", "bos_token": "nobody"}"#,
            "tokenizer_config.json":
                #"{"pad_token": {"content": "a", "lstrip": true}, "bos_token": null}"#,
        ]
        let error = try #require(throws: MekikiError.self) { try load(files) }
        #expect(error.message.contains("'nobody'"))
        var mended = files
        mended["special_tokens_map.json"] = #"{"pad_token": "x"}"#
        let tokenizer = try load(mended)
        #expect(tokenizer.special == SpecialTokens(start: 3, end: 4, padding: 0, unknown: 4))
        #expect(tokenizer.encode("<|endoftext|>a") == [3, 4, 0, 4])
    }

    @Test(
        "A damaged file is named, with what is wrong",
        arguments: [
            ("vocab.json", "{", "byte 1"), ("vocab.json", "[]", "object"),
            ("vocab.json", #"{"a": -1}"#, "'a'"), ("vocab.json", #"{"a": 0.5}"#, "'a'"),
            ("vocab.json", #"{"a": 0, "a</w>": 1, "aa</w>": 2}"#, "special token"),
            ("merges.txt", "a a</w>\nb", "Line 2"),
            ("merges.txt", "a b", "'b'"), ("merges.txt", "a a", "'aa'"),
            ("merges.txt", "a  a", "Line 1"), ("tokenizer.json", "{}", "'model'"),
            ("tokenizer.json", #"{"model": {"type": "BPE"}}"#, "'model.vocab'"),
            ("tokenizer.json", #"{"model": {"vocab": {}, "merges": 3}}"#, "'model.merges'"),
            ("tokenizer.json", #"{"model": {"vocab": {}, "merges": [1]}}"#, "entry 0"),
            ("tokenizer.json", #"{"model": {"vocab": {"a": 1e99}, "merges": []}}"#, "'a'"),
            ("tokenizer.json", #"{"model": {"vocab": {"a": 0,}, "merges": []}}"#, "byte 28"),
            ("tokenizer.json", #"{"model": {"vocab": {"a": 0"#, "in the middle"),
            ("tokenizer.json", #"{"model": {"type": "Unigram", "vocab": []}}"#, "'model.unk_id'"),
            (
                "tokenizer.json",
                #"{"model": {"type": "Unigram", "unk_id": 1, "vocab": [["a", 0]]}}"#,
                "'model.unk_id'"
            ),
            (
                "tokenizer.json", #"{"model": {"type": "Unigram", "vocab": [["a", "b"]]}}"#,
                "entry 0"
            ),
            (
                "tokenizer.json", #"{"model": {"type": "WordPiece", "vocab": {"a": 0}}}"#,
                "'model.unk_token'"
            ),
            (
                "tokenizer.json",
                """
                {"model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0]]},
                "normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}}
                """, "'normalizer.precompiled_charsmap'"
            ),
            ("tokenizer_config.json", #"{"eos_token": 3}"#, "'eos_token.content'"),
        ]
    )
    func damaged(_ name: String, _ contents: String, _ part: String) throws {
        var files = ["vocab.json": Self.vocabulary, "merges.txt": "a a</w>"]
        files[name] = contents
        let error = try #require(throws: MekikiError.self) { try load(files) }
        #expect(error.code == .badData)
        #expect(error.subject?.hasSuffix(name) == true)
        #expect(error.message.contains(part), "\(error.message)")
    }

    @Test(
        "What isn't supported is refused by name",
        arguments: [
            (#""normalizer": {"type": "Other"}"#, "'normalizer.type'"),
            (
                #""normalizer": {"type": "Replace", "pattern": {"Regex": "(a)"}, "content": "b"}"#,
                "'normalizer.pattern'"
            ),
            (#""pre_tokenizer": {"type": "UnicodeScripts"}"#, "'pre_tokenizer.type'"),
            (
                """
                "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel"},
                {"type": "Whitespace"}]}
                """, "'pre_tokenizer.pretokenizers[0]'"
            ),
            (
                #""pre_tokenizer": {"type": "Metaspace", "prepend_scheme": "last"}"#,
                "'pre_tokenizer.prepend_scheme'"
            ),
            (
                """
                "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split",
                "pattern": {"Regex": "(x)+"}, "behavior": "Isolated", "invert": false},
                {"type": "ByteLevel", "add_prefix_space": false}]}
                """, "'pre_tokenizer.pretokenizers[0].pattern'"
            ),
            (#""post_processor": {"type": "Other"}"#, "'post_processor.type'"),
            (#""model": {"type": "WordLevel", "vocab": {}}"#, "'model.type'"),
            (#""model": {"vocab": {}, "merges": [], "dropout": 0.1}"#, "'model.dropout'"),
            (#""model": {"vocab": {}, "merges": [], "byte_fallback": true}"#, "'byte_fallback'"),
            (
                #""added_tokens": [{"id": 0, "content": "a", "single_word": true}]"#,
                "'added_tokens[0].single_word'"
            ),
        ]
    )
    func unsupported(_ field: String, _ name: String) throws {
        // Of two fields with one key the later counts.
        let contents = "{\(Self.model), \(Self.bytes), \(field)}"
        let error = try #require(throws: MekikiError.self) {
            try load(["tokenizer.json": contents])
        }
        #expect(error.code == .configuration)
        #expect(error.subject?.hasSuffix("tokenizer.json") == true)
        #expect(error.message.contains(name), "\(error.message)")
    }

    @Test("An empty file of another kind is named", arguments: ["spiece.model", "vocab.txt"])
    func emptyFiles(_ name: String) throws {
        let error = try #require(throws: MekikiError.self) { try load([name: ""]) }
        #expect(error.code == .badData)
        #expect(error.subject?.hasSuffix(name) == true)
    }

    @Test("A folder without a tokenizer is named")
    func nothing() throws {
        let error = try #require(throws: MekikiError.self) { try load(["config.json": "{}"]) }
        #expect(error.code == .noInput)
    }

    @Test("A vocabulary without merges names the missing file")
    func missingMerges() throws {
        let error = try #require(throws: MekikiError.self) {
            try load(["vocab.json": Self.vocabulary])
        }
        #expect(error.code == .noInput)
        #expect(error.subject?.hasSuffix("merges.txt") == true)
    }

    private func load(_ files: [String: String]) throws -> any Tokenizer {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mekiki-tokenizer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, contents) in files {
            try Data(contents.utf8).write(to: folder.appendingPathComponent(name))
        }
        return try TokenizerFolder.load(folder)
    }
}
