/// A mean over queries, and between which bounds it would likely lie with other queries of the kind.
public struct BootstrapEstimate: Sendable, Equatable, Codable {
    /// The mean.
    public var mean: Double

    /// The lower bound; `nil` for a single query, which says nothing of others.
    public var low: Double?

    /// The upper bound.
    public var high: Double?

    /// How often queries are drawn anew.
    public static let resampleCount = 1000

    /// How often the mean lies between the bounds.
    public static let confidence = 0.95

    /// Takes a mean and its percentile bootstrap interval (Efron, "Bootstrap methods: another look at
    /// the jackknife", 1979): as many values are drawn again and again, with repetition, and the middle
    /// 95 % of their means lie between the bounds.
    ///
    /// The draws are the same for the same number of values, so that equal runs print equal numbers.
    ///
    /// - Parameter values: One value a query, at least one.
    /// - Complexity: O(1000 n).
    public init(of values: [Double]) {
        precondition(!values.isEmpty, "Nothing has no mean.")
        let count = values.count
        mean = values.reduce(0, +) / Double(count)
        guard count > 1 else { return }
        var draws = Draws()
        let means = (0..<Self.resampleCount).map { _ in
            (0..<count).reduce(0.0) { sum, _ in sum + values[draws.next(below: count)] }
                / Double(count)
        }.sorted()
        low = Self.quantile((1 - Self.confidence) / 2, of: means)
        high = Self.quantile((1 + Self.confidence) / 2, of: means)
    }

    /// A quantile of ordered values, linear between two of them.
    private static func quantile(_ share: Double, of values: [Double]) -> Double {
        let place = share * Double(values.count - 1)
        let below = Int(place)
        let above = min(below + 1, values.count - 1)
        return values[below] + (values[above] - values[below]) * (place - Double(below))
    }

    /// Numbers without order that are the same in every run: SplitMix64, after Steele, Lea and Flood,
    /// "Fast splittable pseudorandom number generators" (2014).
    private struct Draws {
        private var state: UInt64 = 0

        mutating func next(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            bits ^= bits >> 31
            // Even enough for any number of queries that a person judges.
            return Int(((bits >> 32) * UInt64(bound)) >> 32)
        }
    }
}
