import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("Pairs of every kind equal those of the reference libraries")
struct PairGoldenTests {
    static let kinds = KindGoldenTests.kinds + ["fairseq", "small"]
    static let limits: [Int?] = [nil, 24, 11]

    /// The pairs of make_pairs.py, in its order.
    static let pairs: [(first: String, second: String)] = {
        let texts = TokenizerFixtures.entries.map(\.wholeText)
        var pairs = (0..<120).map { (texts[$0 * 8], texts[($0 * 37 + 11) % texts.count]) }
        for first in stride(from: 0, to: 9, by: 2) {
            for second in stride(from: 0, to: 12, by: 3) {
                pairs.append(
                    (
                        String(repeating: "a cat", count: first),
                        String(repeating: "猫 sea ", count: second)
                    )
                )
            }
        }
        return pairs
    }()

    @Test("420 pairs", arguments: kinds)
    func ids(_ kind: String) throws {
        let folder =
            kind == "small"
            ? TokenizerFixtures.folder.appendingPathComponent(kind)
            : KindGoldenTests.folder.appendingPathComponent(kind)
        let expected = try JSONDecoder().decode(
            [String].self,
            from: Data(contentsOf: folder.appendingPathComponent("pairs.json"))
        )
        try #require(expected.count == Self.pairs.count * Self.limits.count)
        let temporary = try TemporaryFolder()
        let tokenizer: any Tokenizer
        if kind == "fairseq" {
            let model = KindGoldenTests.folder.appendingPathComponent("spm-unigram/spiece.model")
            try temporary.write(Data(contentsOf: model), to: "sentencepiece.bpe.model")
            tokenizer = try TokenizerFolder.load(temporary.url)
        } else {
            tokenizer = try TokenizerFolder.load(folder)
        }
        for (index, pair) in Self.pairs.enumerated() {
            for (place, limit) in Self.limits.enumerated() {
                // Special tokens in the text itself: the script's ids come from the library, which
                // knows nothing of them.
                if kind.hasPrefix("spm") || kind == "fairseq",
                    pair.first.contains("<")
                        || pair.second.contains("<")
                {
                    continue
                }
                let found = try tokenizer.encodePair(pair.first, pair.second, limit: limit)
                #expect(found.ids.count == found.types.count)
                #expect(found.ids.count <= limit ?? .max)
                #expect(
                    TokenizerFixtures.hash(found.ids + found.types)
                        == expected[index * Self.limits.count + place],
                    "\(pair.first.debugDescription) + \(pair.second.debugDescription), \(limit ?? 0)"
                )
            }
        }
    }

    @Test("An all-MiniLM-L6-v2 pair", .enabled(if: MiniLM.exists, MiniLM.comment))
    func real() throws {
        let tokenizer = try TokenizerFolder.load(MiniLM.folder)
        let pair = try tokenizer.encodePair("a red cat", "the sea", limit: nil)
        #expect(pair.ids == [101, 1037, 2417, 4937, 102, 1996, 2712, 102])
        #expect(pair.types == [0, 0, 0, 0, 0, 1, 1, 1])
    }

    @Test("all-MiniLM-L6-v2's texts", .enabled(if: MiniLM.exists, MiniLM.comment))
    func realTexts() throws {
        let file = MiniLM.folder.appendingPathComponent("golden_ids.json")
        let entries = try JSONDecoder().decode([MiniLM.Entry].self, from: Data(contentsOf: file))
        let tokenizer = try TokenizerFolder.load(MiniLM.folder)
        #expect(!entries.isEmpty)
        for entry in entries { #expect(tokenizer.encode(entry.text) == entry.ids) }
    }

    @Test("Without a rule for two texts a pair is refused")
    func isRefused() throws {
        let file = KindGoldenTests.folder.appendingPathComponent("unigram/tokenizer.json")
        var text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "\"pair\":["))
        let end = try #require(text.range(of: "]", range: start.upperBound..<text.endIndex))
        text.replaceSubrange(start.lowerBound..<end.upperBound, with: "\"pair\":[]")
        let folder = try TemporaryFolder()
        try folder.write(Data(text.utf8), to: "tokenizer.json")
        let tokenizer = try TokenizerFolder.load(folder.url)
        #expect(throws: MekikiError.self) { try tokenizer.encodePair("a", "b", limit: nil) }
        #expect(!tokenizer.encode("a").isEmpty)
    }
}

/// The vocabulary of all-MiniLM-L6-v2, which is not ours to ship; it lies beside some checkouts.
private enum MiniLM {
    struct Entry: Decodable {
        var text: String
        var ids: [Int32]
    }

    static let folder = TokenizerFixtures.realFolder.deletingLastPathComponent()
        .appendingPathComponent("all-MiniLM-L6-v2")
    static let exists = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("vocab.txt").path
    )
    static let comment: Comment =
        "The vocabulary is not part of this repository; the test reads it where it lies beside it."
}
