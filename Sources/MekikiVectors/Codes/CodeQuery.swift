/// A query in four bits a dimension, ready to be compared with codes.
struct CodeQuery: Sendable {
    /// Bit `p` of each dimension's value, shape `[words, 4]`.
    let planes: [UInt64]
    private let step: Float
    private let sumOfValues: Int
    private let paddedDimension: Int
    private let length: Float
    private let centreShare: Float
    private let centreProduct: Float

    /// The value that stands for zero: values are 0 to 15, with as many below as above.
    private static let middle: Float = 7.5

    /// Rounds a query.
    ///
    /// - Parameters:
    ///   - rotated: The rotated rest of the query, shape `[paddedDimension]`.
    ///   - centreShare: The multiple of the centre that was taken from the query.
    ///   - centreProduct: The inner product of the query with the centre.
    init(rotated: [Float], centreShare: Float, centreProduct: Float) {
        let greatest = rotated.reduce(0) { max($0, abs($1)) }
        let step = greatest / Self.middle
        var planes = [UInt64](repeating: 0, count: rotated.count / 64 * 4)
        var sum = 0
        for (i, value) in rotated.enumerated() {
            let scaled = step > 0 ? value / step : 0
            let rounded = max(0, min(15, Int((scaled + Self.middle).rounded())))
            sum += rounded
            for plane in 0..<4 where rounded >> plane & 1 == 1 {
                planes[i / 64 * 4 + plane] |= 1 << UInt64(i % 64)
            }
        }
        self.planes = planes
        self.step = step
        sumOfValues = sum
        paddedDimension = rotated.count
        length = rotated.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.centreShare = centreShare
        self.centreProduct = centreProduct
    }

    /// The estimated inner product of the query with a vector.
    ///
    /// - Parameters:
    ///   - code: The vector's code.
    ///   - sum: What `mekiki_code_sums` gives for the code and the planes.
    /// - Returns: The estimate, which is right in the mean over rotations.
    func estimate(_ code: VectorCode, sum: UInt32) -> Float {
        // A sign is 2 * bit - 1, and a component is step * (value - middle).
        let signed =
            2 * Float(sum) - Float(sumOfValues)
            - Self.middle * Float(2 * code.ones - paddedDimension)
        return centreProduct + centreShare * code.centreProduct + code.factor * step * signed
    }

    /// One standard deviation of the estimate.
    ///
    /// - Parameter code: The vector's code.
    /// - Returns: What the signs leave open, and what rounding the query to four bits adds: each of
    ///   its components is off by a twelfth of the squared step in the mean.
    func deviation(_ code: VectorCode) -> Float {
        let ofSigns = code.spread * length
        let ofSteps = code.factor * step * (Float(paddedDimension) / 12).squareRoot()
        return (ofSigns * ofSigns + ofSteps * ofSteps).squareRoot()
    }
}
