import Foundation
import Testing

@testable import MekikiTokenizers

@Suite("Ids equal those of transformers")
struct GoldenTests {
    @Test("1,000 texts with the small vocabulary", arguments: ["small", "small-json"])
    func small(_ name: String) throws {
        #expect(TokenizerFixtures.entries.count == 1000)
        let folder = TokenizerFixtures.folder.appendingPathComponent(name)
        let tokenizer = try TokenizerFolder.load(folder)
        #expect(tokenizer.vocabularySize == 1000)
        #expect(
            tokenizer.special == SpecialTokens(start: 998, end: 999, padding: 999, unknown: 999)
        )
        for entry in TokenizerFixtures.entries {
            let ids = tokenizer.encode(entry.wholeText)
            if let expected = entry.ids {
                #expect(ids == expected, "\(entry.text.debugDescription)")
            } else {
                #expect(
                    TokenizerFixtures.hash(ids) == entry.hash,
                    "\(entry.text.debugDescription)"
                )
            }
        }
    }

    @Test("1,000 texts with a file of an older version")
    func legacy() throws {
        let folder = TokenizerFixtures.folder.appendingPathComponent("legacy-json")
        let tokenizer = try TokenizerFolder.load(folder)
        #expect(tokenizer.special == SpecialTokens(start: 998, end: 999, padding: 0, unknown: 999))
        #expect(TokenizerFixtures.entries.contains { $0.legacy != nil })
        for entry in TokenizerFixtures.entries {
            let ids = tokenizer.encode(entry.wholeText)
            #expect(
                TokenizerFixtures.hash(ids) == entry.legacyHash,
                "\(entry.text.debugDescription)"
            )
        }
    }

    @Test(
        "1,000 texts with OpenAI's vocabulary",
        .enabled(
            if: TokenizerFixtures.hasRealVocabulary,
            """
            OpenAI's vocabulary is not part of this repository; the test reads it from \
            ../shared/tokenizers/clip-openai where that exists.
            """
        )
    )
    func real() throws {
        let tokenizer = try TokenizerFolder.load(TokenizerFixtures.realFolder)
        #expect(tokenizer.vocabularySize == 49408)
        for entry in TokenizerFixtures.entries {
            let expected = try #require(entry.clip)
            let ids = tokenizer.encode(entry.wholeText)
            #expect(TokenizerFixtures.hash(ids) == expected, "\(entry.text.debugDescription)")
        }
    }

    @Test("A limit cuts before the end token", arguments: [2, 3, 8, 77])
    func limit(_ limit: Int) throws {
        let folder = TokenizerFixtures.folder.appendingPathComponent("small")
        let tokenizer = try TokenizerFolder.load(folder)
        for entry in TokenizerFixtures.entries {
            let all = tokenizer.encode(entry.wholeText)
            let expected = all.count <= limit ? all : all.prefix(limit - 1) + all.suffix(1)
            #expect(
                tokenizer.encode(entry.wholeText, limit: limit) == expected,
                "\(entry.text.debugDescription)"
            )
        }
    }

    @Test("Threads may share a tokenizer")
    func isShared() async throws {
        let folder = TokenizerFixtures.folder.appendingPathComponent("small")
        let tokenizer = try TokenizerFolder.load(folder)
        let text = "the lighthouse and 三毛猫 at night"
        let expected = tokenizer.encode(text)
        let results = await withTaskGroup(of: [Int32].self) { group in
            for _ in 0..<16 { group.addTask { tokenizer.encode(text) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 16)
        #expect(results.allSatisfy { $0 == expected })
    }
}
