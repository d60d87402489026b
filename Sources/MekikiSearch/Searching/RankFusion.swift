import MekikiCore

/// Weighted reciprocal rank fusion: rankings become one by their ranks alone, because scores of different
/// kinds can't be added (Cormack, Clarke, Büttcher: "Reciprocal Rank Fusion", SIGIR 2009).
public struct RankFusion: Sendable, Equatable {
    /// What a channel counts; 1 for one that is not named.
    public var weights: [Hit.Channel: Double]

    /// What is added to every rank, so that first places don't decide alone: 60, as the paper has it.
    public var smoothing: Double

    /// Creates a fusion.
    ///
    /// - Parameters:
    ///   - weights: What each channel counts.
    ///   - smoothing: What is added to every rank.
    public init(
        weights: [Hit.Channel: Double] = [
            .image: 1, .captionVector: 0.8, .promptVector: 0.6, .ocrVector: 0.6, .fullText: 1.2,
        ],
        smoothing: Double = 60
    ) {
        self.weights = weights
        self.smoothing = smoothing
    }

    /// An image with what each channel gave it.
    struct Fused: Sendable, Equatable {
        var id: ImageID
        var score: Double
        /// The channels that found it with its rank in each, greatest share first.
        var ranks: [(channel: Hit.Channel, rank: Int)]

        static func == (lhs: Fused, rhs: Fused) -> Bool {
            lhs.id == rhs.id && lhs.score == rhs.score
                && lhs.ranks.elementsEqual(rhs.ranks) { $0 == $1 }
        }
    }

    /// Fuses rankings.
    ///
    /// - Parameter rankings: Each channel's images, best first, each once.
    /// - Returns: Every image once, best first, equals by number.
    /// - Complexity: O(n log n) in the images of all rankings.
    func fused(_ rankings: [(channel: Hit.Channel, images: [ImageID])]) -> [Fused] {
        var byImage: [ImageID: Fused] = [:]
        for (channel, images) in rankings {
            for (index, id) in images.enumerated() {
                byImage[id, default: Fused(id: id, score: 0, ranks: [])].score += share(
                    channel,
                    index + 1
                )
                byImage[id]?.ranks.append((channel, index + 1))
            }
        }
        for id in byImage.keys {
            byImage[id]?.ranks.sort { left, right in
                let (first, second) = (
                    share(left.channel, left.rank), share(right.channel, right.rank)
                )
                return first != second
                    ? first > second : left.channel.rawValue < right.channel.rawValue
            }
        }
        return byImage.values.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }

    /// What a place in a channel counts.
    private func share(_ channel: Hit.Channel, _ rank: Int) -> Double {
        (weights[channel] ?? 1) / (smoothing + Double(rank))
    }
}
