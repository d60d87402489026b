/// Which pairs of symbols merge, how early, and into what.
struct MergeTable: Sendable {
    /// The symbol that each merge makes, by rank.
    private(set) var products: [Int32] = []

    private static let free = UInt64.max
    private var keys: [UInt64]
    private var ranks: [UInt32]
    private let shift: Int

    /// Makes room for a number of merges.
    init(capacity: Int) {
        var bits = 4
        while 1 << bits < capacity * 2 + 1 { bits += 1 }
        keys = Array(repeating: Self.free, count: 1 << bits)
        ranks = Array(repeating: 0, count: 1 << bits)
        shift = 64 - bits
        products.reserveCapacity(capacity)
    }

    /// Adds the merge with the next rank.
    ///
    /// A pair that is listed twice takes the later rank, as in the `tokenizers` library, whose map
    /// overwrites.
    ///
    /// Adding more merges than there is room for is a programmer's mistake and traps.
    mutating func append(left: Int32, right: Int32, product: Int32) {
        precondition(products.count * 2 < keys.count, "The table was made for fewer merges.")
        let key = Self.key(left, right)
        let slot = slot(of: key)
        keys[slot] = key
        ranks[slot] = UInt32(products.count)
        products.append(product)
    }

    /// The rank of a pair, 0 merging first; `UInt32.max` when the pair never merges.
    func rank(_ left: Int32, _ right: Int32) -> UInt32 {
        let key = Self.key(left, right)
        let slot = slot(of: key)
        return keys[slot] == key ? ranks[slot] : .max
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    private func slot(of key: UInt64) -> Int {
        // Fibonacci hashing: the upper bits of the product are well mixed.
        var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(shift))
        while keys[slot] != key && keys[slot] != Self.free { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }
}
