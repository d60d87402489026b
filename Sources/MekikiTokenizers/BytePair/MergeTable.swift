/// Which pairs of symbols merge, how early, and into what.
struct MergeTable: Sendable {
    /// The symbol that each merge makes, by rank.
    private(set) var products: Table<Int32>

    private static let free = UInt64.max
    private var keys: Table<UInt64>
    private var ranks: Table<UInt32>

    /// Makes room for a number of merges.
    init(capacity: Int) {
        var count = 16
        while count < capacity * 2 + 1 { count *= 2 }
        keys = Table(Array(repeating: Self.free, count: count))
        ranks = Table(Array(repeating: 0, count: count))
        products = Table()
        products.reserveCapacity(capacity)
    }

    /// Adds the merge with the next rank.
    ///
    /// A pair that is listed twice takes the later rank, as in the `tokenizers` library, whose map
    /// overwrites.
    ///
    /// Room is made where it is missing.
    mutating func append(left: Int32, right: Int32, product: Int32) {
        if products.count * 2 >= keys.count { grow() }
        let key = Self.key(left, right)
        let slot = slot(of: key)
        keys[slot] = key
        ranks[slot] = UInt32(products.count)
        products.append(product)
    }

    private mutating func grow() {
        let (oldKeys, oldRanks) = (keys, ranks)
        keys = Table(Array(repeating: Self.free, count: oldKeys.count * 2))
        ranks = Table(Array(repeating: 0, count: oldKeys.count * 2))
        for index in 0..<oldKeys.count where oldKeys[index] != Self.free {
            let slot = slot(of: oldKeys[index])
            keys[slot] = oldKeys[index]
            ranks[slot] = oldRanks[index]
        }
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
        let shift = UInt64(keys.count.leadingZeroBitCount + 1)
        var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while keys[slot] != key && keys[slot] != Self.free { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }
}

extension MergeTable {
    /// Writes the table into a cache.
    func write(to cache: inout CacheWriter) {
        cache.append(products)
        cache.append(keys)
        cache.append(ranks)
    }

    /// Reads a table from a cache.
    init(from cache: inout CacheReader) throws(CacheReader.Damage) {
        products = try cache.table()
        keys = try cache.table()
        ranks = try cache.table()
    }
}
