import MekikiTesting
import Testing

@testable import MekikiVectors

@Suite struct HadamardRotationTests {
    @Test(arguments: [1, 2, 3, 63, 64, 65, 128, 256, 384, 512, 513, 768, 1_000, 1_152])
    func keepsInnerProducts(_ dimension: Int) {
        var random = SplitMix64(seed: UInt64(dimension))
        let rotation = HadamardRotation(dimension: dimension, seed: 5)
        #expect(rotation.paddedDimension % 64 == 0 && rotation.paddedDimension >= dimension)
        let a = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        let b = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        let before = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let after = zip(rotation(a), rotation(b)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(before - after) < 1e-6 * Double(dimension) + 1e-6)
    }

    /// Without spreading, one large component would cost all the others their bits.
    @Test(arguments: [64, 384, 512, 768, 1_152])
    func spreadsASingleComponent(_ dimension: Int) {
        for place in [0, dimension / 2, dimension - 1] {
            var vector = [Float](repeating: 0, count: dimension)
            vector[place] = 1
            let greatest = HadamardRotation(dimension: dimension, seed: 5)(vector).map(abs).max()
            #expect((greatest ?? 1) < 0.75)
        }
    }

    @Test func dependsOnItsSeed() {
        let vector = [Float](repeating: 0.125, count: 64)
        let rotation = HadamardRotation(dimension: 64, seed: 1)
        #expect(rotation(vector) == HadamardRotation(dimension: 64, seed: 1)(vector))
        #expect(rotation(vector) != HadamardRotation(dimension: 64, seed: 2)(vector))
    }
}
