/// Turns text into the numbers that a language model reads.
///
/// Every kind of tokenizer (byte-level pairs, unigrams, word pieces) hides behind this protocol;
/// `TokenizerFolder` finds out which kind a model's folder holds.
public protocol Tokenizer: Sendable {
    /// One more than the largest id that can come out.
    var vocabularySize: Int { get }

    /// The ids that mean something other than text.
    var special: SpecialTokens { get }

    /// Encodes a text, with the start and end tokens that the model expects around it.
    ///
    /// - Parameters:
    ///   - text: Any text; an empty one gives the start and end tokens alone.
    ///   - limit: The largest count of ids to return, start and end included; what is too long is
    ///     cut before the end token. `nil` cuts nothing. A limit below the number of start and end
    ///     tokens is a programmer's mistake and traps.
    /// - Returns: Ids, shape `[tokens]`, without padding.
    /// - Complexity: O(n log n) in the length of the text.
    func encode(_ text: String, limit: Int?) -> [Int32]
}

extension Tokenizer {
    /// Encodes a text of any length.
    ///
    /// - Parameter text: Any text.
    /// - Returns: Ids, shape `[tokens]`, start and end tokens included.
    public func encode(_ text: String) -> [Int32] {
        encode(text, limit: nil)
    }
}
