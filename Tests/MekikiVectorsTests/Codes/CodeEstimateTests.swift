import CMekikiKernels
import MekikiCore
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
        let space = CodeSpace(centre: Self.mean(of: vectors))
        let opposite = random.unitVector(dimension)
        var errors: [Double] = []
        for _ in 0..<20 {
            let query = Self.unit(around: isText ? opposite : mean, dimension, &random)
            for (vector, estimate) in zip(vectors, Self.estimates(space, vectors, query)) {
                let exact = zip(vector, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                errors.append((Double(estimate.value) - exact) / Double(estimate.deviation))
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
        let centre = HalfVector(Embedding(unit: random.unitVector(100))).embedding.values
        let space = CodeSpace(centre: centre)
        let estimates = Self.estimates(space, [centre], centre)
        #expect(estimates[0].deviation == 0)
        #expect(abs(estimates[0].value - 1) < 1e-3)
    }

    /// Without a centre (an empty or symmetric library) and for zero vectors all stays finite.
    @Test(arguments: [1, 64, 65])
    func holdsForZeros(_ dimension: Int) {
        let zeros = [Float](repeating: 0, count: dimension)
        let estimates = Self.estimates(CodeSpace(centre: zeros), [zeros], zeros)
        #expect(estimates[0].value == 0)
        #expect(estimates[0].deviation == 0)
    }

    /// A centre that is hardly there is none: dividing by its length would magnify what was rounded.
    @Test func aTinyCentreIsNone() {
        #expect(CodeSpace(centre: [0.001, 0, 0]).centre == [0, 0, 0])
        #expect(CodeSpace(centre: [0.1, 0, 0]).centre == [0.1, 0, 0])
    }

    private static func estimates(
        _ space: CodeSpace,
        _ vectors: [[Float]],
        _ query: [Float]
    ) -> [(value: Float, deviation: Float)] {
        let dimension = query.count
        let rows = vectors.flatMap { HalfVector(Embedding(unit: $0)).bits }
        let blockCount = (vectors.count + 31) / 32
        let words = blockCount * CodeSpace.blockWords(dimension: dimension)
        var codes = [UInt64](repeating: 0, count: words)
        space.encode(rows, count: vectors.count, stride: dimension, into: &codes)
        let admitted = [UInt32](repeating: .max, count: blockCount)
        let room = blockCount * 32 + 16
        var found = [UInt32](repeating: 0, count: room)
        var values = [Float](repeating: 0, count: room)
        var uppers = values
        space.query(query).withKernelQuery(reach: 1) { kernelQuery in
            _ = mekiki_code_scan(
                codes,
                blockCount,
                space.wordCount,
                kernelQuery,
                admitted,
                -.infinity,
                &found,
                &values,
                &uppers
            )
        }
        return vectors.indices.map { (values[$0], uppers[$0] - values[$0]) }
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
