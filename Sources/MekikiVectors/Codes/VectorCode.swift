/// A vector in one bit a dimension, with the numbers that turn a sum over bits into an estimate.
///
/// After RaBitQ (Gao and Long, arXiv 2405.12497): the vector's difference from the space's centre is
/// rotated, and each component's sign is kept.
struct VectorCode: Sendable, Hashable {
    /// The signs of the rotated difference, a set bit for a positive one, lowest bit first.
    let words: [UInt64]
    /// How many bits are set.
    let ones: Int
    /// What an inner product with the signs is multiplied by; 0 for a vector that is the centre.
    ///
    /// It is the difference's squared length over its inner product with its own signs.
    let factor: Float
    /// The inner product of the difference with the centre.
    let centreProduct: Float
    /// The difference's share that its signs do not tell, as a length: times a query's length, one
    /// standard deviation of the estimate.
    let spread: Float
}
