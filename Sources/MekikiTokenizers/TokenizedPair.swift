/// Two texts as one sequence of ids.
public struct TokenizedPair: Sendable, Hashable {
    /// The ids, shape `[tokens]`, special tokens included.
    public var ids: [Int32]

    /// The type of each id, shape `[tokens]`: for BERT 0 in the first text and 1 in the second.
    ///
    /// Models without token types don't read it.
    public var types: [Int32]

    /// Creates a pair.
    ///
    /// - Parameters:
    ///   - ids: The ids.
    ///   - types: The type of each id.
    public init(ids: [Int32], types: [Int32]) {
        self.ids = ids
        self.types = types
    }
}
