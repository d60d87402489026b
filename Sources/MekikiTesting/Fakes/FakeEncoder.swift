import MekikiCore
import Synchronization

/// Encodes pictures of `FakeImageReader` and texts into one space, by their words.
///
/// Every word has a direction of its own, nearly at right angles to all others, and a picture or
/// text is the sum of its words. So "red cat" is nearest to a picture of a red cat, then to one of
/// a cat. Without a word, the direction is that of the empty word.
public final class FakeEncoder: ImageEncoder, TextEncoder {
    /// The space of the vectors.
    public let space: VectorSpace

    /// The side that pictures are said to be resized to.
    public let inputSide = 32

    private let error: MekikiError?
    private let count = Atomic<Int>(0)

    /// Creates an encoder.
    ///
    /// - Parameters:
    ///   - model: The model's name; another name gives other directions.
    ///   - revision: The fingerprint of the model's files; it changes no direction.
    ///   - dimension: Components of each vector.
    ///   - error: What every encoding throws; `nil` to succeed.
    public init(
        model: String = "fake",
        revision: String = "1",
        dimension: Int = 64,
        error: MekikiError? = nil
    ) {
        space = VectorSpace(model: model, revision: revision, dimension: dimension)
        self.error = error
    }

    /// How many pictures and texts were encoded.
    public var encodedCount: Int { count.load(ordering: .relaxed) }

    /// Encodes pictures, in the order given.
    ///
    /// - Parameter pictures: Pictures made by `PixelBuffer(showing:of:)`.
    /// - Returns: One unit vector a picture.
    /// - Throws: The error that the encoder was made with.
    public func encode(_ pictures: [PixelBuffer]) async throws -> [Embedding] {
        try encode(words: pictures.map(\.words))
    }

    /// Encodes texts, in the order given.
    ///
    /// - Parameter texts: Words separated by spaces.
    /// - Returns: One unit vector a text.
    /// - Throws: The error that the encoder was made with.
    public func encode(_ texts: [String]) async throws -> [Embedding] {
        try encode(words: texts)
    }

    private func encode(words texts: [String]) throws -> [Embedding] {
        if let error { throw error }
        count.add(texts.count, ordering: .relaxed)
        return try texts.map { text in
            var sum = [Float](repeating: 0, count: space.dimension)
            let words = text.split(separator: " ").map { $0.lowercased() }
            for word in words.isEmpty ? [""] : words {
                for (index, component) in direction(of: word).enumerated() {
                    sum[index] += component
                }
            }
            return try Embedding(normalizing: sum)
        }
    }

    private func direction(of word: String) -> [Float] {
        // FNV-1a: Swift's own hashes differ from run to run.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array((space.model + "\n" + word).utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        var random = SplitMix64(seed: hash)
        return random.unitVector(space.dimension)
    }
}
