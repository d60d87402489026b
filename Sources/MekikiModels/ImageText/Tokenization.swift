import Foundation
import MekikiCore
import MekikiTokenizers

/// What an architecture does with a text before its tower sees it.
struct Tokenization: Sendable {
    /// The folder of the tokenizer's files.
    var folder: URL
    /// What the tokenizer's files don't say.
    var options = TokenizerOptions()
    /// What happens before the tokenizer.
    var cleaning = TextCleaning.none
    /// The length to which every text is padded.
    var paddedLength: Int?

    /// Loads the tokenizer.
    ///
    /// - Returns: A function from a text to at most so many ids, padded where the model wants it.
    /// - Throws: `MekikiError` when the tokenizer's files are missing or damaged.
    func load() throws -> @Sendable (_ text: String, _ limit: Int) -> [Int32] {
        let tokenizer = try TokenizerFolder.load(folder, options: options)
        let padding = tokenizer.special.padding ?? tokenizer.special.end ?? 0
        return { [self] text, limit in
            let ids = tokenizer.encode(cleaning.apply(to: text), limit: limit)
            guard let paddedLength, ids.count < paddedLength else { return ids }
            return ids + [Int32](repeating: padding, count: paddedLength - ids.count)
        }
    }
}
