import CMekikiKernels
import MekikiTesting
import Testing

@testable import MekikiVectors

/// Estimates from codes against exact inner products, for queries among the vectors (images) and
/// apart from them (texts).
@Suite struct CodeEstimateTests {
    @Test(arguments: [64, 100, 256, 512, 768, 1_152], [false, true])
    func isUnbiasedAndAsFarOffAsItSays(_ dimension: Int, _ isText: Bool) {
        var random = SplitMix64(seed: UInt64(dimension))
        let mean = random.unitVector(dimension)
        let vectors = (0..<300).map { _ in Self.unit(around: mean, dimension, &random) }
        let space = CodeSpace(centre: Self.mean(of: vectors), seed: 9)
        let codes = vectors.map(space.code)
        let opposite = random.unitVector(dimension)
        var errors: [Double] = []
        for _ in 0..<20 {
            let query = Self.unit(around: isText ? opposite : mean, dimension, &random)
            let prepared = space.query(query)
            for (vector, code) in zip(vectors, codes) {
                let estimate = prepared.estimate(code, sum: Self.sum(code, prepared))
                let exact = zip(vector, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                errors.append((Double(estimate) - exact) / Double(prepared.deviation(code)))
            }
        }
        let count = Double(errors.count)
        let bias = errors.reduce(0, +) / count
        let square = errors.reduce(0) { $0 + $1 * $1 } / count
        #expect(abs(bias) < 0.15, "in standard deviations")
        #expect(square > 0.5 && square < 1.5, "1 where the stated deviation is the true one")
        #expect(errors.allSatisfy { abs($0) < 6 })
    }

    /// Nothing is left open where a vector is the centre.
    @Test func isExactForTheCentre() {
        var random = SplitMix64(seed: 3)
        let centre = random.unitVector(100)
        let space = CodeSpace(centre: centre, seed: 9)
        let code = space.code(centre)
        let query = space.query(random.unitVector(100))
        #expect(query.deviation(code) == 0)
        #expect(space.query(centre).estimate(code, sum: 0).isFinite)
        #expect(abs(space.query(centre).estimate(code, sum: 0) - 1) < 1e-5)
    }

    /// Without a centre (an empty or symmetric library) and for zero vectors all stays finite.
    @Test(arguments: [1, 64, 65])
    func holdsForZeros(_ dimension: Int) {
        let zeros = [Float](repeating: 0, count: dimension)
        let space = CodeSpace(centre: zeros, seed: 9)
        let code = space.code(zeros)
        let query = space.query(zeros)
        #expect(query.estimate(code, sum: Self.sum(code, query)) == 0)
        #expect(query.deviation(code) == 0)
    }

    private static func sum(_ code: VectorCode, _ query: CodeQuery) -> UInt32 {
        var block: [UInt64] = []
        for word in code.words {
            block.append(word)
            block += [UInt64](repeating: 0, count: Int(MEKIKI_CODE_BLOCK) - 1)
        }
        var sums = [UInt32](repeating: 0, count: Int(MEKIKI_CODE_BLOCK))
        mekiki_code_sums(block, 1, code.words.count, query.planes, &sums)
        return sums[0]
    }

    private static func unit(
        around mean: [Float],
        _ dimension: Int,
        _ random: inout SplitMix64
    ) -> [Float] {
        let own = random.unitVector(dimension)
        let values = zip(mean, own).map { $0 + $1 }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    private static func mean(of vectors: [[Float]]) -> [Float] {
        let sums = vectors.dropFirst().reduce(vectors[0]) { sum, vector in
            zip(sum, vector).map { $0 + $1 }
        }
        return sums.map { $0 / Float(vectors.count) }
    }
}
