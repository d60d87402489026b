import MekikiCore

/// Scores texts by the share of the query's words that they hold.
public struct FakeReranker: Reranker {
    /// Shares are from 0 to 1.
    public let scale = RelevanceScale.probability

    private let error: MekikiError?

    /// Creates a reranker.
    ///
    /// - Parameter error: What every call throws; `nil` to succeed.
    public init(error: MekikiError? = nil) {
        self.error = error
    }

    /// Scores texts, in the order given.
    ///
    /// - Parameters:
    ///   - texts: Words separated by spaces.
    ///   - query: Words separated by spaces.
    /// - Returns: One score a text.
    /// - Throws: The error that the reranker was made with.
    public func scores(of texts: [String], for query: String) async throws -> [Float] {
        if let error { throw error }
        let wanted = Self.words(query)
        return texts.map { text in
            let found = Self.words(text)
            // A longer text says less with the same words.
            let extra = Float(found.count) / Float(100 + found.count)
            let share = Float(wanted.intersection(found).count) / Float(max(1, wanted.count))
            return share * (1 - extra)
        }
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split(separator: " ").map(String.init))
    }
}
