import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("Word pieces in a vocab.txt")
struct WordPieceFolderTests {
    @Test("A vocabulary without settings is BERT's in lower case")
    func plain() throws {
        let folder = try TemporaryFolder()
        let pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\r\ncat\n##s\n猫\n"
        try folder.write(Data(pieces.utf8), to: "vocab.txt")
        let tokenizer = try TokenizerFolder.load(folder.url)
        #expect(tokenizer.encode("CATS 猫猫 dog") == [2, 5, 6, 7, 7, 1, 3])
        #expect(tokenizer.encode("[MASK]") == [2, 4, 3])
        #expect(tokenizer.special == SpecialTokens(start: 2, end: 3, padding: 0, unknown: 1))
    }

    @Test("Japanese BERT, which needs MeCab, is named")
    func japanese() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("[PAD]\n[UNK]\n[CLS]\n[SEP]\n".utf8), to: "vocab.txt")
        let configuration =
            #"{"tokenizer_class": "BertJapaneseTokenizer", "word_tokenizer_type": "mecab"}"#
        try folder.write(Data(configuration.utf8), to: "tokenizer_config.json")
        let error = try #require(throws: MekikiError.self) { try TokenizerFolder.load(folder.url) }
        #expect(error.code == .configuration)
        #expect(error.message.contains("mecab"))
    }

    @Test("A missing special token is named")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("[UNK]\ncat\n".utf8), to: "vocab.txt")
        let error = try #require(throws: MekikiError.self) { try TokenizerFolder.load(folder.url) }
        #expect(error.code == .badData)
        #expect(error.message.contains("[CLS]"))
    }
}
