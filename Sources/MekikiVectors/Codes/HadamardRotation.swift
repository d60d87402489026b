/// A fixed orthogonal transform that spreads every vector evenly over its dimensions.
///
/// Signs drawn from a seed and Hadamard transforms take turns. A Hadamard transform wants a power of
/// two, so each turn does the longest one that fits at the front and then at the back: the two
/// overlap and cover any dimension.
struct HadamardRotation: Sendable, Hashable {
    /// The number of components that go in.
    let dimension: Int
    /// The number of components that come out: the next multiple of 64, a whole word of code bits.
    let paddedDimension: Int
    /// The seed that the signs are drawn from.
    let seed: UInt64
    private let signs: [Float]

    private static let turns = 2

    /// Draws the signs.
    ///
    /// - Parameters:
    ///   - dimension: The number of components that go in, 1 or more.
    ///   - seed: Makes the same rotation everywhere and always.
    init(dimension: Int, seed: UInt64) {
        precondition(dimension > 0, "A rotation needs a dimension.")
        self.dimension = dimension
        paddedDimension = (dimension + 63) / 64 * 64
        self.seed = seed
        var state = seed
        let count = Self.turns * 2 * paddedDimension
        signs = (0..<count).map { _ in Self.nextIsSet(&state) ? 1 : -1 }
    }

    /// Rotates a vector; lengths and inner products stay as they are, up to rounding.
    ///
    /// - Parameter vector: Shape `[dimension]`.
    /// - Returns: Shape `[paddedDimension]`.
    func callAsFunction(_ vector: [Float]) -> [Float] {
        precondition(vector.count == dimension, "A vector has the dimension of its rotation.")
        var values = vector + [Float](repeating: 0, count: paddedDimension - dimension)
        values.withUnsafeMutableBufferPointer { values in
            if let start = values.baseAddress { rotate(start) }
        }
        return values
    }

    /// Gives the signs to a kernel that rotates as this does.
    ///
    /// - Parameter body: Takes the signs, shape `[turns, paddedDimension]`, and the number of turns.
    /// - Returns: What the closure returned.
    func withSigns<Result>(_ body: (UnsafePointer<Float>?, Int) -> Result) -> Result {
        signs.withUnsafeBufferPointer { body($0.baseAddress, Self.turns * 2) }
    }

    private func rotate(_ values: UnsafeMutablePointer<Float>) {
        var length = 1
        while length * 2 <= paddedDimension { length *= 2 }
        signs.withUnsafeBufferPointer { signs in
            for turn in 0..<Self.turns * 2 {
                for i in 0..<paddedDimension { values[i] *= signs[turn * paddedDimension + i] }
                let start = turn.isMultiple(of: 2) ? 0 : paddedDimension - length
                Self.transform(values + start, length)
            }
        }
    }

    /// The Hadamard transform of a part, scaled to be orthogonal.
    private static func transform(_ values: UnsafeMutablePointer<Float>, _ length: Int) {
        var half = 1
        while half < length {
            var group = 0
            while group < length {
                let (low, high) = (values + group, values + group + half)
                for i in 0..<half {
                    let (a, b) = (low[i], high[i])
                    low[i] = a + b
                    high[i] = a - b
                }
                group += half * 2
            }
            half *= 2
        }
        let scale = 1 / Float(length).squareRoot()
        for i in 0..<length { values[i] *= scale }
    }

    /// One bit of SplitMix64 (Steele, Lea, Flood 2014), written out because files name the seed.
    private static func nextIsSet(_ state: inout UInt64) -> Bool {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return (mixed ^ (mixed >> 31)) >> 63 == 1
    }
}
