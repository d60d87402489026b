import MekikiCore

/// The answers of two models to one query, side by side.
public struct SearchComparison: Sendable, Equatable {
    /// The answer of the first model.
    public var first: Side

    /// The answer of the second model.
    public var second: Side

    /// Puts two answers side by side.
    ///
    /// - Parameters:
    ///   - first: The answer of the first model.
    ///   - second: The answer of the second model.
    public init(first: Side, second: Side) {
        self.first = first
        self.second = second
    }

    /// One model's answer.
    public struct Side: Sendable, Equatable {
        /// The space that was searched.
        public var space: VectorSpace

        /// The page of hits.
        public var result: SearchResult

        /// Creates an answer.
        ///
        /// - Parameters:
        ///   - space: The space that was searched.
        ///   - result: The page of hits.
        public init(space: VectorSpace, result: SearchResult) {
            self.space = space
            self.result = result
        }

        /// An image's place in this answer.
        ///
        /// - Parameter id: The image.
        /// - Returns: 1 for the best; `nil` when it is not on this page.
        public func rank(of id: ImageID) -> Int? {
            result.hits.first { $0.image.id == id }?.rank
        }
    }

    /// The images that both pages hold.
    public var shared: Set<ImageID> {
        Set(first.result.hits.map(\.image.id)).intersection(second.result.hits.map(\.image.id))
    }

    /// The share of the images that both pages hold, of those that both could hold: 1 when they are the
    /// same ones in whatever order.
    public var agreement: Double {
        let most = min(first.result.hits.count, second.result.hits.count)
        return most == 0 ? 1 : Double(shared.count) / Double(most)
    }
}
