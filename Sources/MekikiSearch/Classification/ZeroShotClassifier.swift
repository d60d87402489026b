import MekikiCore

/// Tells which labels fit a picture, by comparing its vector with those of the labels' prompts.
///
/// No label was trained for: a model that knows words and pictures classifies by whatever it is asked.
public struct ZeroShotClassifier: Sendable {
    /// The labels.
    public let labels: [Label]

    /// The space in which pictures and labels are compared.
    public let space: VectorSpace

    /// What turns cosines into probabilities.
    public let scoring: Scoring

    /// One unit vector a label, one after the other: shape `[labels, dimension]`.
    private let directions: [Float]

    /// Encodes the labels' prompts, once for all pictures.
    ///
    /// A label's direction is the mean of its prompts' unit vectors, at unit length.
    ///
    /// - Parameters:
    ///   - list: The labels.
    ///   - templates: How names become prompts.
    ///   - encoder: What makes vectors of texts.
    ///   - scoring: What turns cosines into probabilities.
    /// - Throws: `MekikiError`: `usage` for a single label where labels compete; what the encoder
    ///   throws.
    public init(
        _ list: LabelList,
        templates: PromptTemplates,
        encoder: any TextEncoder,
        scoring: Scoring
    ) async throws {
        labels = list.labels
        space = encoder.space
        self.scoring = scoring
        if case .softmax = scoring, labels.count < 2 {
            throw MekikiError(
                .usage,
                "With this model labels compete for a picture, so a single one is always certain. "
                    + "Give two or more."
            )
        }
        let prompts = labels.map(templates.prompts)
        let vectors = try await Self.vectors(of: Set(prompts.joined()), encoder)
        var directions: [Float] = []
        directions.reserveCapacity(labels.count * space.dimension)
        for (label, prompts) in zip(labels, prompts) {
            var sum = [Float](repeating: 0, count: space.dimension)
            for prompt in prompts {
                for (index, component) in (vectors[prompt]?.values ?? []).enumerated() {
                    sum[index] += component
                }
            }
            guard let direction = try? Embedding(normalizing: sum) else {
                throw MekikiError(
                    .badData,
                    "The prompts of this label cancel each other out. Write others.",
                    subject: label.name
                )
            }
            directions += direction.values
        }
        self.directions = directions
    }

    private static func vectors(
        of prompts: Set<String>,
        _ encoder: any TextEncoder
    ) async throws -> [String: Embedding] {
        var vectors: [String: Embedding] = [:]
        // In an order that doesn't change from run to run.
        let texts = prompts.sorted()
        for start in stride(from: 0, to: texts.count, by: 64) {
            let batch = Array(texts[start..<min(start + 64, texts.count)])
            for (text, vector) in zip(batch, try await encoder.encode(batch)) {
                vectors[text] = vector
            }
            try Task.checkCancellation()
        }
        return vectors
    }

    /// How probable each label is for a picture.
    ///
    /// - Parameter picture: The picture's vector in the classifier's space.
    /// - Returns: A probability for each label, in the labels' order.
    public func probabilities(of picture: Embedding) -> [Float] {
        precondition(
            picture.dimension == space.dimension,
            "Vectors of one space have one dimension."
        )
        return scoring.probabilities(cosines(with: picture.values))
    }

    /// The labels for a picture, most probable first, equals in the labels' order.
    ///
    /// - Parameter picture: The picture's vector in the classifier's space.
    /// - Returns: Every label with its probability.
    public func classify(_ picture: Embedding) -> [LabelProbability] {
        let pairs = zip(labels, probabilities(of: picture)).map { label, probability in
            LabelProbability(label: label.name, probability: probability)
        }
        // Sorting keeps the order of equals.
        return pairs.sorted { $0.probability > $1.probability }
    }

    private func cosines(with picture: [Float]) -> [Float] {
        let dimension = space.dimension
        return picture.withUnsafeBytes { picture in
            directions.withUnsafeBytes { directions in
                labels.indices.map { label in
                    let start = label * dimension * MemoryLayout<Float>.size
                    return Self.product(
                        picture,
                        UnsafeRawBufferPointer(rebasing: directions[start...]),
                        dimension
                    )
                }
            }
        }
    }

    /// The inner product of two vectors, eight components at a time: a thousand labels on a large
    /// library are many.
    private static func product(
        _ first: UnsafeRawBufferPointer,
        _ second: UnsafeRawBufferPointer,
        _ count: Int
    ) -> Float {
        typealias Wide = SIMD8<Float>
        let size = MemoryLayout<Float>.size
        var sums = (Wide.zero, Wide.zero)
        var index = 0
        while index + 16 <= count {
            let offset = index * size
            sums.0 +=
                first.loadUnaligned(fromByteOffset: offset, as: Wide.self)
                * second.loadUnaligned(fromByteOffset: offset, as: Wide.self)
            sums.1 +=
                first.loadUnaligned(fromByteOffset: offset + 8 * size, as: Wide.self)
                * second.loadUnaligned(fromByteOffset: offset + 8 * size, as: Wide.self)
            index += 16
        }
        var sum = (sums.0 + sums.1).sum()
        while index < count {
            sum +=
                first.load(fromByteOffset: index * size, as: Float.self)
                * second.load(fromByteOffset: index * size, as: Float.self)
            index += 1
        }
        return sum
    }
}
