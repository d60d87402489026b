import MekikiCore
import MekikiTesting
import Testing

@Suite struct EmbeddingTests {
    @Test func scalesToUnitLength() throws {
        let embedding = try Embedding(normalizing: [3, 0, -4])
        #expect(embedding.values == [0.6, 0, -0.8])
        #expect(embedding.dimension == 3)
    }

    /// Squares of these overflow or vanish in single precision.
    @Test(arguments: [
        1e30, 1e-30, Float.greatestFiniteMagnitude, Float.leastNonzeroMagnitude,
    ])
    func extremeLengthsScaleToo(_ value: Float) throws {
        let embedding = try Embedding(normalizing: [value, 0])
        #expect(embedding.values == [1, 0])
    }

    @Test(arguments: [1, 2, 512, 1152])
    func randomVectorsGetUnitLength(_ dimension: Int) throws {
        var random = SplitMix64(seed: UInt64(dimension))
        let values = random.unitVector(dimension).map { $0 * 123 }
        let length = try Embedding(normalizing: values).values
            .reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(abs(length - 1) < 1e-6)
    }

    @Test(arguments: [[], [0, 0], [.nan, 1], [.infinity, 1], [1, -.infinity]] as [[Float]])
    func aVectorWithoutDirectionIsRefused(_ values: [Float]) {
        let error = #expect(throws: MekikiError.self) { try Embedding(normalizing: values) }
        #expect(error?.code == .badData)
    }

    @Test func aUnitVectorIsTakenAsItIs() {
        #expect(Embedding(unit: [0, 1]).values == [0, 1])
    }
}
