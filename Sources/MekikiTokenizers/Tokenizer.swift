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

    /// Encodes two texts as one, as models read them that compare texts.
    ///
    /// - Parameters:
    ///   - first: The first text: of a reranker's pair, the query.
    ///   - second: The second text.
    ///   - limit: The largest count of ids to return, special tokens included; what is too long is
    ///     cut from the end of the longer text. `nil` cuts nothing. A limit below the number of
    ///     special tokens is a programmer's mistake and traps.
    /// - Returns: Ids with their token types, without padding.
    /// - Throws: `MekikiError` with code `configuration` when the tokenizer's files don't say how
    ///   two texts are put together.
    func encodePair(_ first: String, _ second: String, limit: Int?) throws -> TokenizedPair
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
