/// A generator of random numbers that gives the same ones for the same seed, everywhere.
///
/// SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Creates a generator.
    ///
    /// - Parameter seed: Where the sequence starts.
    public init(seed: UInt64) {
        state = seed
    }

    /// Gives the next 64 random bits.
    ///
    /// - Returns: The bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Gives a direction, evenly enough spread for tests.
    ///
    /// - Parameter dimension: How many components, 1 or more.
    /// - Returns: A vector of unit length.
    public mutating func unitVector(_ dimension: Int) -> [Float] {
        precondition(dimension > 0, "A direction has at least one component.")
        while true {
            let values = (0..<dimension).map { _ in Float.random(in: -1...1, using: &self) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            if length > 0.01 { return values.map { $0 / length } }
        }
    }
}
