/// What the codes of a set of vectors have in common: a centre and a rotation.
///
/// A code is after RaBitQ (Gao and Long, arXiv 2405.12497): the vector's difference from the centre
/// is rotated, and each component's sign is kept.
struct CodeSpace: Sendable, Hashable {
    /// What is taken from each vector before its signs are kept, shape `[dimension]`.
    let centre: [Float]
    /// Spreads differences evenly over all dimensions.
    let rotation: HadamardRotation
    private let squaredCentre: Float

    /// The seed of every rotation, a part of the file format.
    static let seed: UInt64 = 0x4d65_6b69_6b69

    /// Below this squared length a centre brings nothing, and dividing by it costs precision.
    private static let leastSquaredCentre: Float = 1e-4

    /// How far vectors' mean may lie from a centre, squared, as a share of their own mean squared
    /// distance from that mean, before a centre of their own is worth it: estimates then spread by a
    /// twentieth more than they need to.
    private static let toleratedDrift: Float = 0.1

    /// Puts a space together.
    ///
    /// - Parameters:
    ///   - centre: About the mean of the vectors; estimates hold for any, and are best for the mean.
    ///   - seed: The seed of the rotation.
    init(centre: [Float], seed: UInt64 = CodeSpace.seed) {
        let squared = Self.product(centre, centre)
        let isOfUse = squared >= Self.leastSquaredCentre
        self.centre = isOfUse ? centre : [Float](repeating: 0, count: centre.count)
        squaredCentre = isOfUse ? squared : 0
        rotation = HadamardRotation(dimension: centre.count, seed: seed)
    }

    /// The 64-bit words of a code.
    var wordCount: Int { rotation.paddedDimension / 64 }

    /// Whether vectors with a mean of their own are still served well by this centre.
    ///
    /// - Parameters:
    ///   - mean: The vectors' mean.
    ///   - spread: Their mean squared distance from it.
    /// - Returns: Whether they are.
    func fits(mean: [Float], spread: Float) -> Bool {
        let drift = zip(mean, centre).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return drift <= Self.toleratedDrift * spread
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

    static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
    }
}
