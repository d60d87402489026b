import Foundation
import MekikiCore
import MekikiTokenizers

/// Both forms of a tokenizer, and texts that make use of what was read.
struct TokenizerReader: FuzzedReader {
    private static let texts = [
        "", " ", "A photo of two cats, 12 dogs & a 夕日のクジラ.",
        "e\u{301}\u{1F469}\u{200D}\u{1F467}\0\u{FFFD}",
        "<|startoftext|>it's<|endoftext|>  lower</w>UPPER", String(repeating: "ab", count: 400),
    ]

    private let folder: InputFolder

    init() throws {
        folder = try InputFolder(
            copying: "Tests/MekikiTokenizersTests/Fixtures/small",
            names: [
                "tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json",
                "special_tokens_map.json",
            ]
        )
    }

    func accepts(_ data: Data) -> Bool {
        folder.with(data) {
            succeeds([.badData, .noInput, .configuration]) {
                let tokenizer = try TokenizerFolder.load(folder.url)
                for text in Self.texts {
                    let ids = tokenizer.encode(text)
                    guard ids.allSatisfy({ $0 >= 0 && $0 < tokenizer.vocabularySize }) else {
                        fatalError("an id outside the vocabulary")
                    }
                    _ = tokenizer.encode(text, limit: 77)
                }
            }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let choice = input.first else { return nil }
        let file = Array(input.dropFirst())
        let mutated =
            choice % 5 == 2
            ? LineMutation.mutate(file, using: &random) : JSONMutation.mutate(file, using: &random)
        return mutated.map { [choice] + $0 }
    }
}
