import Foundation
import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("Caches of large tokenizer files")
struct TokenizerCacheTests {
    private let model: TemporaryFolder
    private let caches: TemporaryFolder

    init() throws {
        model = try TemporaryFolder()
        caches = try TemporaryFolder()
    }

    private func write(_ kind: String) throws {
        let file = KindGoldenTests.folder.appendingPathComponent("\(kind)/tokenizer.json")
        // Blanks at the end make it large enough to be kept.
        let blanks = String(repeating: " ", count: TokenizerCache.smallestFile)
        try model.write(Data(contentsOf: file) + Data(blanks.utf8), to: "tokenizer.json")
    }

    private func load() throws -> PipelineTokenizer {
        try TokenizerJSON(folder: model.url, caches: caches.url).tokenizer()
    }

    private var files: [URL] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                at: caches.url,
                includingPropertiesForKeys: nil
            )
        }
    }

    @Test("A cache gives the same ids", arguments: ["unigram", "bpe-gemma", "wordpiece"])
    func roundTrip(_ kind: String) throws {
        try write(kind)
        let first = try load()
        try #require(try files.count == 1)
        let file = model.file("tokenizer.json")
        try #require(TokenizerCache(of: file, in: caches.url)?.read() != nil)
        let second = try load()
        #expect(second.special == first.special)
        #expect(second.vocabularySize == first.vocabularySize)
        for entry in TokenizerFixtures.entries.prefix(400) {
            #expect(second.encode(entry.wholeText) == first.encode(entry.wholeText))
        }
        #expect(try files.count == 1)
        let beside = try FileManager.default.contentsOfDirectory(atPath: model.path)
        #expect(beside == ["tokenizer.json"])
    }

    @Test("A damaged cache is made again", arguments: 0..<8)
    func damaged(_ kind: Int) throws {
        try write("unigram")
        let expected = try load().encode("a photo of 三毛猫")
        let file = try #require(try files.first)
        let sound = try Data(contentsOf: file)
        var bytes = sound
        switch kind {
        case 0: bytes = Data()
        case 1: bytes.removeLast(8)
        case 2: bytes.removeLast(bytes.count / 2)
        default: bytes[kind == 3 ? 9 : kind * bytes.count / 9] ^= 0x10
        }
        try bytes.write(to: file)
        #expect(try load().encode("a photo of 三毛猫") == expected)
        #expect(try Data(contentsOf: file) == sound)
    }

    @Test("A changed file has another cache")
    func changed() throws {
        try write("unigram")
        _ = try load()
        try write("bpe-gemma")
        let tokenizer = try load()
        let fresh = try TokenizerFolder.load(
            KindGoldenTests.folder.appendingPathComponent("bpe-gemma")
        )
        #expect(tokenizer.encode("a photo of 三毛猫") == fresh.encode("a photo of 三毛猫"))
    }

    @Test("Where nothing can be written, everything works without")
    func unwritable() throws {
        try write("unigram")
        let nowhere = try caches.write(Data(), to: "file").appendingPathComponent("folder")
        let tokenizer = try TokenizerJSON(folder: model.url, caches: nowhere).tokenizer()
        #expect(!tokenizer.encode("a").isEmpty)
    }
}
