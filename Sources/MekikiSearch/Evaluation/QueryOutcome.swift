import Foundation

/// At which places the right images of one query stood.
public struct QueryOutcome: Sendable, Equatable {
    /// The right images, best first, those that were not ranked last.
    public let images: [RankedImage]

    /// Puts the right images in order.
    ///
    /// - Parameter images: The right images, at least one.
    public init(_ images: [RankedImage]) {
        precondition(!images.isEmpty, "A query is judged by its right images.")
        self.images = images.sorted {
            ($0.rank ?? .max, -$0.grade) < ($1.rank ?? .max, -$1.grade)
        }
    }

    /// A right image and where it stood.
    public struct RankedImage: Sendable, Equatable {
        /// Its place among all images, 1 for the best; `nil` when it was not ranked.
        public var rank: Int?

        /// How right it is, greater than 0.
        public var grade: Double

        /// Creates a right image.
        ///
        /// - Parameters:
        ///   - rank: Its place among all images.
        ///   - grade: How right it is.
        public init(rank: Int?, grade: Double = 1) {
            self.rank = rank
            self.grade = grade
        }
    }

    /// The share of the right images that stand among the first `k`.
    ///
    /// - Parameter k: How many are looked at.
    /// - Returns: 0 to 1; with more than `k` right images it stays below 1.
    public func recall(at k: Int) -> Double {
        Double(images.count { ($0.rank ?? .max) <= k }) / Double(images.count)
    }

    /// One over the place of the first right image; 0 when none was ranked.
    public var reciprocalRank: Double {
        images.first?.rank.map { 1 / Double($0) } ?? 0
    }

    /// The normalised discounted cumulative gain of the first `k`: what the right images among them
    /// are worth at their places, as a share of what the best order would be worth.
    ///
    /// An image at place r is worth its grade over log2(r + 1) (Järvelin and Kekäläinen, "Cumulated
    /// gain-based evaluation of IR techniques", 2002, with the usual discount).
    ///
    /// - Parameter k: How many are looked at.
    /// - Returns: 0 to 1.
    public func normalizedGain(at k: Int) -> Double {
        func worth(_ grade: Double, at rank: Int) -> Double { grade / log2(Double(rank) + 1) }
        let gain = images.reduce(0) { sum, image in
            guard let rank = image.rank, rank <= k else { return sum }
            return sum + worth(image.grade, at: rank)
        }
        let best = images.map(\.grade).sorted(by: >).prefix(k).enumerated()
            .reduce(0) { $0 + worth($1.element, at: $1.offset + 1) }
        return gain / best
    }
}
