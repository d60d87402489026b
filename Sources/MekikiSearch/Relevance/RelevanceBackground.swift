import MekikiCore

/// What background words find in a library, for each model.
///
/// The words are encoded once for each model. What they find is looked up once in a run, kept between
/// runs, and looked up again when the library has grown.
public actor RelevanceBackground {
    private let store: (any RelevanceStore)?
    private var words: [VectorSpace: Task<[Embedding], any Error>] = [:]
    private var findings: [Place: RelevanceFinding] = [:]

    private struct Place: Hashable {
        var channel: Hit.Channel
        var space: VectorSpace
    }

    /// Creates a background.
    ///
    /// - Parameter store: What keeps vectors and findings between runs; `nil` to make them anew.
    public init(store: (any RelevanceStore)? = nil) { self.store = store }

    /// The best cosine of each background word in a channel of a library.
    ///
    /// - Parameters:
    ///   - channel: One of vectors.
    ///   - catalog: The library's.
    ///   - encoder: What makes vectors of words in the channel's space.
    ///   - count: How many images the channel compares by now; `nil` where that isn't known.
    /// - Returns: The cosines as a calibration.
    /// - Throws: What the encoder and the catalog throw.
    /// - Complexity: O(n) in the number of images for each word, once in a while.
    func usual(
        in channel: Hit.Channel,
        of catalog: any Catalog,
        _ encoder: any TextEncoder,
        count: Int?
    ) async throws -> ScoreCalibration {
        let (space, version) = (encoder.space, BackgroundWords.version)
        let place = Place(channel: channel, space: space)
        let known = findings[place] ?? store?.finding(in: channel, of: space, version)
        if let known, known.holds(for: count) {
            findings[place] = known
            return known.scores
        }
        var (scores, imageCount): ([Float], Int) = ([], 0)
        for (index, vector) in try await vectors(of: encoder).enumerated() {
            if let target = channel.wordTarget {
                // A search among texts looks at each image's texts first: half of the words will do.
                guard index.isMultiple(of: 2) else { continue }
                let request = TextRequest(targets: [target], limit: 1)
                let found = try await catalog.nearestTexts(to: vector, in: space, request)
                imageCount = found.total
                scores += found.neighbors.map(\.cosine)
            } else {
                let found = try await catalog.nearest(
                    to: vector,
                    in: space,
                    NearestRequest(limit: 1)
                )
                imageCount = found.total
                scores += found.neighbors.map(\.cosine)
            }
        }
        let finding = RelevanceFinding(imageCount: imageCount, scores: ScoreCalibration(scores))
        findings[place] = finding
        store?.keep(finding, in: channel, of: space, version)
        return finding.scores
    }

    private func vectors(of encoder: any TextEncoder) async throws -> [Embedding] {
        let space = encoder.space
        let task =
            words[space]
            ?? Task { [store] in
                if let kept = store?.vectors(of: space, BackgroundWords.version) { return kept }
                let vectors = try await encoder.encode(BackgroundWords.all, as: .query)
                store?.keep(vectors, of: space, BackgroundWords.version)
                return vectors
            }
        words[space] = task
        do {
            return try await task.value
        } catch {
            words[space] = nil
            throw error
        }
    }
}
