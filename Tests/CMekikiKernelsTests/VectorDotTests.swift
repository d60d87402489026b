import CMekikiKernels
import MekikiTesting
import Testing

/// Inner products of every level that this processor has, against sums in double precision.
@Suite struct VectorDotTests {
    private static let dimensions =
        Array(0...70) + [127, 128, 129, 255, 256, 257, 511, 512, 513, 768, 1000, 1151, 2048]

    @Test(arguments: VectorLevels.available, dimensions)
    func agreesWithDoublePrecision(_ level: mekiki_cpu_level_t, _ dimension: Int) {
        var random = SplitMix64(seed: UInt64(dimension))
        let rows = RandomRows(count: 5, dimension: dimension, padding: 3, &random)
        let query = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        let scores = rows.scores(of: query, level)
        for row in 0..<rows.count {
            var sum = 0.0
            var magnitude = 0.0
            for (d, component) in rows.values(row).enumerated() {
                sum += Double(query[d]) * component
                magnitude += abs(Double(query[d]) * component)
            }
            // The bound that the header states.
            let bound = (Double(dimension) / 32 + 9) * 0x1p-24 * magnitude
            #expect(abs(Double(scores[row]) - sum) <= bound, "row \(row)")
        }
    }

    /// Whole numbers small enough make every sum exact, in any order: a lane that is lost or
    /// counted twice shows.
    @Test(arguments: VectorLevels.available, dimensions)
    func isExactForSmallWholeNumbers(_ level: mekiki_cpu_level_t, _ dimension: Int) {
        var random = SplitMix64(seed: UInt64(1000 + dimension))
        let query = (0..<dimension).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        let numbers = (0..<dimension).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        var halves = [UInt16](repeating: 0, count: dimension)
        mekiki_f16_from_f32_scalar(numbers, &halves, dimension)
        var score: Float = .nan
        mekiki_vectors_functions(level).dot_f16(query, halves, 1, dimension, dimension, &score)
        #expect(score == zip(query, numbers).reduce(0) { $0 + $1.0 * $1.1 })
    }

    @Test(arguments: VectorLevels.available, [1, 31, 512, 1151])
    func aRowsResultDependsOnNothingAroundIt(_ level: mekiki_cpu_level_t, _ dimension: Int) {
        var random = SplitMix64(seed: 7)
        let rows = RandomRows(count: 33, dimension: dimension, padding: 5, &random)
        let query = random.unitVector(dimension)
        let together = rows.scores(of: query, level)
        for row in 0..<rows.count {
            var alone: Float = .nan
            let halves = rows.halves(row)
            mekiki_vectors_functions(level).dot_f16(query, halves, 1, dimension, dimension, &alone)
            #expect(alone == together[row])
        }
    }

    /// What lies between rows, and after the last, must not count: here it is not a number.
    @Test(arguments: VectorLevels.available, [1, 7, 9, 17, 33, 100])
    func paddingDoesNotCount(_ level: mekiki_cpu_level_t, _ dimension: Int) {
        var random = SplitMix64(seed: 8)
        let rows = RandomRows(count: 4, dimension: dimension, padding: 40, filler: 0x7e00, &random)
        let query = random.unitVector(dimension)
        let wrong = rows.scores(of: query, level).filter { !$0.isFinite }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: VectorLevels.available)
    func noRowsAreNoWork(_ level: mekiki_cpu_level_t) {
        var untouched: Float = 42
        mekiki_vectors_functions(level).dot_f16([1], [0x3c00], 0, 1, 1, &untouched)
        #expect(untouched == 42)
    }

    @Test func theDispatchUsesTheProcessorsLevel() {
        var random = SplitMix64(seed: 9)
        let rows = RandomRows(count: 9, dimension: 512, padding: 0, &random)
        let query = random.unitVector(512)
        defer { mekiki_cpu_limit(mekiki_cpu_detected()) }
        for level in VectorLevels.available {
            mekiki_cpu_limit(level)
            var scores = [Float](repeating: .nan, count: 9)
            mekiki_dot_f16(query, rows.storage, 9, 512, 512, &scores)
            #expect(scores == rows.scores(of: query, level))
        }
    }
}

/// Rows of random halves between -2 and 2, subnormal ones among them.
private struct RandomRows {
    let count: Int
    let dimension: Int
    let stride: Int
    var storage: [UInt16]

    init(
        count: Int,
        dimension: Int,
        padding: Int,
        filler: UInt16 = 0x3c00,
        _ random: inout SplitMix64
    ) {
        self.count = count
        self.dimension = dimension
        stride = dimension + padding
        storage = [UInt16](repeating: filler, count: count * stride)
        for row in 0..<count {
            for d in 0..<dimension {
                let sign = UInt16.random(in: 0...1, using: &random) << 15
                storage[row * stride + d] = sign | UInt16.random(in: 0...0x3fff, using: &random)
            }
        }
    }

    func halves(_ row: Int) -> [UInt16] { Array(storage[row * stride..<row * stride + dimension]) }

    func values(_ row: Int) -> [Double] { halves(row).map(HalfValue.double) }

    func scores(of query: [Float], _ level: mekiki_cpu_level_t) -> [Float] {
        var scores = [Float](repeating: .nan, count: count)
        mekiki_vectors_functions(level).dot_f16(query, storage, count, dimension, stride, &scores)
        return scores
    }
}
