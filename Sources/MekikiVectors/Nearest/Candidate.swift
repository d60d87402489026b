/// A sealed row whose code says that it may be among the nearest.
struct Candidate: Sendable {
    let part: UInt32
    let row: UInt32
    /// What its score exceeds only with a small probability.
    let upper: Float
}
