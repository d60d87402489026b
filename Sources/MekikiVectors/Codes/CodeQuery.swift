import CMekikiKernels

/// A query in four bits a dimension, ready to be compared with codes.
struct CodeQuery: Sendable {
    /// Bit `p` of each dimension's value, shape `[words, 4]`.
    private let planes: [UInt64]
    private let base: Float
    private let share: Float
    private let scale: Float
    private let tilt: Float
    private let shift: Float
    /// What a code's deviation is multiplied by to get that of the estimate.
    private let length: Float

    /// The value that stands for zero: values are 0 to 15, with as many below as above.
    private static let middle: Float = 7.5

    /// The greatest component of a rotated query, in multiples of their root mean square, that codes
    /// reckon with when they state their deviation; about what normal components of 500 dimensions
    /// have.
    private static let usualGreatest: Float = 3.5

    /// The mean squared error that rounding a usual query of length 1 to four bits adds to its inner
    /// product with signs: each of the D components is off by a twelfth of the squared step.
    static let usualRounding = (usualGreatest / middle) * (usualGreatest / middle) / 12

    /// Rounds a query.
    ///
    /// - Parameters:
    ///   - rotated: The rotated rest of the query, shape `[paddedDimension]`.
    ///   - centreShare: The multiple of the centre that was taken from the query.
    ///   - centreProduct: The inner product of the query with the centre.
    init(rotated: [Float], centreShare: Float, centreProduct: Float) {
        let greatest = rotated.reduce(0) { max($0, abs($1)) }
        let step = greatest / Self.middle
        let inverse = step > 0 ? 1 / step : 0
        var planes = [UInt64](repeating: 0, count: rotated.count / 64 * 4)
        var sum = 0
        for (i, value) in rotated.enumerated() {
            let rounded = max(0, min(15, Int((value * inverse + Self.middle).rounded())))
            sum += rounded
            let (word, bit) = (i / 64 * 4, UInt64(i % 64))
            for plane in 0..<4 { planes[word + plane] |= UInt64(rounded >> plane & 1) << bit }
        }
        self.planes = planes
        base = centreProduct
        share = centreShare
        // A sign is 2 * bit - 1, and a component is step * (value - middle).
        scale = 2 * step
        tilt = -2 * Self.middle * step
        shift = step * (Self.middle * Float(rotated.count) - Float(sum))
        let squared = rotated.reduce(0) { $0 + $1 * $1 }
        let usual = Self.usualGreatest * (squared / Float(rotated.count)).squareRoot()
        length = squared.squareRoot() * max(1, usual > 0 ? greatest / usual : 1)
    }

    /// Gives the query to a kernel.
    ///
    /// - Parameters:
    ///   - reach: How many deviations above its estimate a vector is reckoned with.
    ///   - body: Uses the query, which is gone after it returns.
    /// - Returns: What the closure returned.
    func withKernelQuery<Result>(
        reach: Float,
        _ body: (UnsafePointer<mekiki_code_query_t>) -> Result
    ) -> Result {
        planes.withUnsafeBufferPointer { planes in
            var query = mekiki_code_query_t(
                planes: planes.baseAddress,
                base: base,
                share: share,
                scale: scale,
                tilt: tilt,
                shift: shift,
                reach: reach * length
            )
            return body(&query)
        }
    }
}
