import Foundation
import MekikiCore
import MekikiTokenizers

/// All forms of a tokenizer, and texts that make use of what was read.
///
/// An input's first byte chooses the form and the file: `tokenizer.json` and its neighbours, then
/// SentencePiece's, then word pieces.
struct TokenizerReader: FuzzedReader {
    private static let texts = [
        "", " ", "A photo of two cats, 12 dogs & a 夕日のクジラ.",
        "e\u{301}\u{1F469}\u{200D}\u{1F467}\0\u{FFFD}",
        "<|startoftext|>it's<|endoftext|>  lower</w>UPPER", String(repeating: "ab", count: 400),
    ]

    private static let bytePairs = [
        "tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json",
        "special_tokens_map.json",
    ]
    private static let sentencePiece = ["spiece.model", "tokenizer_config.json"]
    private static let wordPiece = ["vocab.txt", "tokenizer_config.json"]

    /// What each first byte stands for, in turn.
    private let choices: [(folder: InputFolder, number: UInt8, name: String)]

    init() throws {
        let fixtures = "Tests/MekikiTokenizersTests/Fixtures"
        let forms = [
            ("\(fixtures)/small", Self.bytePairs),
            ("\(fixtures)/kinds/spm-unigram", Self.sentencePiece),
            ("\(fixtures)/kinds/wordpiece-cased", Self.wordPiece),
        ]
        choices = try forms.enumerated().flatMap { index, form in
            let (source, names) = form
            let folder = try InputFolder(copying: source, to: "form-\(index)", names: names)
            return names.enumerated().map { (folder, UInt8($0), $1) }
        }
    }

    func accepts(_ data: Data) -> Bool {
        guard let first = data.first else { return false }
        let (folder, number, _) = choices[Int(first) % choices.count]
        return folder.with([number] + data.dropFirst()) {
            succeeds([.badData, .noInput, .configuration]) {
                let tokenizer = try TokenizerFolder.load(folder.url)
                for text in Self.texts {
                    let ids = tokenizer.encode(text)
                    guard ids.allSatisfy({ $0 >= 0 && $0 < tokenizer.vocabularySize }) else {
                        fatalError("an id outside the vocabulary")
                    }
                    _ = tokenizer.encode(text, limit: 77)
                    guard let pair = try? tokenizer.encodePair(text, Self.texts[2], limit: 77)
                    else { continue }
                    guard pair.ids.allSatisfy({ $0 >= 0 && $0 < tokenizer.vocabularySize }) else {
                        fatalError("an id outside the vocabulary")
                    }
                }
            }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let choice = input.first else { return nil }
        let file = Array(input.dropFirst())
        let mutated: [UInt8]?
        switch choices[Int(choice) % choices.count].name.split(separator: ".").last {
        case "txt": mutated = LineMutation.mutate(file, using: &random)
        case "json": mutated = JSONMutation.mutate(file, using: &random)
        // The fuzzer's own mutations suit a file of binary fields.
        default: mutated = nil
        }
        return mutated.map { [choice] + $0 }
    }
}
