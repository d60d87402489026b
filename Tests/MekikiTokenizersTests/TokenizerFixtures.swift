import Foundation
import Testing

/// Vocabularies and the ids that transformers gives; `Fixtures/make_tokenizer.py` made them.
enum TokenizerFixtures {
    /// One text and its ids.
    struct Entry: Decodable, Sendable {
        let text: String
        /// How often `text` is repeated; once when missing.
        let `repeat`: Int?
        /// The ids; long texts have a hash instead.
        let ids: [Int32]?
        let hash: String?
        /// The ids of `legacy-json` where they differ.
        let legacy: [Int32]?
        /// The hash of the ids of OpenAI's vocabulary.
        let clip: String?

        var wholeText: String { String(repeating: text, count: self.repeat ?? 1) }

        /// The hash of the ids of the small vocabulary.
        var smallHash: String? { ids.map(TokenizerFixtures.hash) ?? hash }

        /// The hash of the ids of `legacy-json`.
        var legacyHash: String? { legacy.map(TokenizerFixtures.hash) ?? smallHash }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    /// OpenAI's vocabulary, which is not ours to ship; it lies beside some checkouts.
    static let realFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared/tokenizers/clip-openai")

    static let hasRealVocabulary = FileManager.default.fileExists(
        atPath: realFolder.appendingPathComponent("vocab.json").path
    )

    static let entries: [Entry] = {
        do {
            let data = try Data(contentsOf: folder.appendingPathComponent("golden.json"))
            return try JSONDecoder().decode([Entry].self, from: data)
        } catch {
            fatalError("The fixture golden.json can't be read: \(error)")
        }
    }()

    /// FNV-1a over the ids as four little-endian bytes each, as the script computes it.
    static func hash(_ ids: [Int32]) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for id in ids {
            for shift in stride(from: 0, to: 32, by: 8) {
                let byte = UInt64(UInt32(bitPattern: id) >> UInt32(shift) & 255)
                value = (value ^ byte) &* 0x100_0000_01B3
            }
        }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
