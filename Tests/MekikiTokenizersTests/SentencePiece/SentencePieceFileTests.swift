import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("SentencePiece files")
struct SentencePieceFileTests {
    private static func sound() throws -> [UInt8] {
        let file = KindGoldenTests.folder.appendingPathComponent(
            "spm-unigram-bytes/tokenizer.model"
        )
        return Array(try Data(contentsOf: file))
    }

    @Test("Damaged files give a sentence, and never end the program", arguments: 0..<60)
    func damaged(_ seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var bytes = try Self.sound()
        for _ in 0..<(1 + seed % 5) {
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() & 255)
        }
        if seed % 3 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
        let folder = try TemporaryFolder()
        try folder.write(Data(bytes), to: "tokenizer.model")
        do {
            let tokenizer = try TokenizerFolder.load(folder.url)
            let ids = tokenizer.encode("a photo of 三毛猫 <lora:x> 👩🏻‍🚀 ｶﾞ\r\n")
            #expect(ids.allSatisfy { $0 >= 0 && Int($0) < tokenizer.vocabularySize })
        } catch let error as MekikiError {
            #expect([.badData, .configuration].contains(error.code))
            #expect(error.subject?.contains("tokenizer.model") == true)
        }
    }

    @Test("A class that is not known is named")
    func otherClass() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.sound()), to: "spiece.model")
        try folder.write(
            Data(#"{"tokenizer_class": "XLNetTokenizer"}"#.utf8),
            to: "tokenizer_config.json"
        )
        let error = try #require(throws: MekikiError.self) { try TokenizerFolder.load(folder.url) }
        #expect(error.code == .configuration)
        #expect(error.message.contains("XLNetTokenizer"))
    }

    @Test("Long texts take time in proportion", .timeLimit(.minutes(10)))
    func longText() throws {
        for kind in ["spm-unigram", "spm-bpe-bytes", "unigram", "bpe-gemma", "wordpiece"] {
            let tokenizer = try TokenizerFolder.load(
                KindGoldenTests.folder.appendingPathComponent(kind)
            )
            #expect(!tokenizer.encode(String(repeating: "猫cat", count: 10_000)).isEmpty)
        }
    }
}
