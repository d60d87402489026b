/// What the codes of one vector space have in common: a centre and a rotation.
struct CodeSpace: Sendable {
    /// What is taken from each vector before its signs are kept, shape `[dimension]`.
    let centre: [Float]
    /// Spreads differences evenly over all dimensions.
    let rotation: HadamardRotation
    private let squaredCentre: Float

    /// Puts a space together.
    ///
    /// - Parameters:
    ///   - centre: About the mean of the vectors; estimates hold for any, and are best for the mean.
    ///   - seed: The seed of the rotation.
    init(centre: [Float], seed: UInt64) {
        self.centre = centre
        rotation = HadamardRotation(dimension: centre.count, seed: seed)
        squaredCentre = Self.product(centre, centre)
    }

    /// The words of a code.
    var wordCount: Int { rotation.paddedDimension / 64 }

    /// Makes the code of a vector.
    ///
    /// - Parameter vector: Shape `[dimension]`, finite.
    /// - Returns: The code.
    func code(_ vector: [Float]) -> VectorCode {
        let difference = zip(vector, centre).map { $0 - $1 }
        let rotated = rotation(difference)
        var words = [UInt64](repeating: 0, count: wordCount)
        var absolute: Float = 0
        for (i, value) in rotated.enumerated() {
            absolute += abs(value)
            if value > 0 { words[i / 64] |= 1 << UInt64(i % 64) }
        }
        let squared = Self.product(rotated, rotated)
        let factor = absolute > 0 ? squared / absolute : 0
        // The signs times the factor miss the difference by a vector at right angles to it, of
        // length sqrt(factor^2 * D - squared), and in a random direction of the D - 1 left.
        let count = Float(rotation.paddedDimension)
        let missed = max(0, factor * factor * count - squared)
        return VectorCode(
            words: words,
            ones: words.reduce(0) { $0 + $1.nonzeroBitCount },
            factor: factor,
            centreProduct: Self.product(difference, centre),
            spread: (missed / max(1, count - 1)).squareRoot()
        )
    }

    /// Prepares a query for comparison with codes.
    ///
    /// A query of another kind than the vectors, as texts are among images, lies far from the centre.
    /// So only the multiple of the centre that is nearest to the query is taken from it: what the
    /// codes have to estimate is then as short as it can be, for either kind.
    ///
    /// - Parameter query: Shape `[dimension]`, finite.
    /// - Returns: The query in four bits a dimension.
    func query(_ query: [Float]) -> CodeQuery {
        let alongCentre = Self.product(query, centre)
        let share = squaredCentre > 0 ? alongCentre / squaredCentre : 0
        let rest = zip(query, centre).map { $0 - share * $1 }
        return CodeQuery(
            rotated: rotation(rest),
            centreShare: share,
            centreProduct: alongCentre
        )
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
    }
}
