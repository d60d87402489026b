/// Pieces of text and their ids.
///
/// A hash table over bytes: strings as keys would be compared canonically, so that "é" composed and
/// decomposed were one piece.
struct Vocabulary: Sendable {
    /// One more than the largest id.
    private(set) var size = 0
    /// The length of the longest piece in bytes.
    private(set) var longestPiece = 0

    private var text: Table<UInt8>
    /// Where each entry's text ends within `text`.
    private var ends: Table<UInt32>
    private var ids: Table<Int32>
    /// Entries by hash, linear probing; -1 is free.
    private var slots: Table<Int32>

    /// Makes room for a number of pieces.
    init(capacity: Int) {
        var count = 16
        while count < capacity * 2 { count *= 2 }
        text = Table()
        ends = Table([0])
        ids = Table()
        slots = Table(Array(repeating: -1, count: count))
        ids.reserveCapacity(capacity)
        ends.reserveCapacity(capacity + 1)
        text.reserveCapacity(capacity * 8)
    }

    /// Adds a piece; a piece that is there already takes the new id.
    mutating func insert(_ piece: String, id: Int32) {
        var piece = piece
        piece.withUTF8 { insert($0, id: id) }
    }

    /// Adds a piece; a piece that is there already takes the new id.
    mutating func insert(_ piece: UnsafeBufferPointer<UInt8>, id: Int32) {
        size = max(size, Int(id) + 1)
        longestPiece = max(longestPiece, piece.count)
        let slot = slot(of: piece)
        if slots[slot] >= 0 {
            ids[Int(slots[slot])] = id
            return
        }
        slots[slot] = Int32(ids.count)
        ids.append(id)
        text.append(contentsOf: piece)
        ends.append(UInt32(text.count))
        if ids.count * 2 > slots.count { rehash() }
    }

    /// The id of a piece.
    func id(of piece: String) -> Int32? {
        var piece = piece
        return piece.withUTF8 { id(of: $0) }
    }

    /// The id of a piece.
    func id(of piece: UnsafeBufferPointer<UInt8>) -> Int32? {
        let entry = slots[slot(of: piece)]
        return entry < 0 ? nil : ids[Int(entry)]
    }

    /// The slot that holds the piece, or the free one where it belongs.
    private func slot(of piece: UnsafeBufferPointer<UInt8>) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(piece) & mask
        while slots[slot] >= 0 {
            let entry = Int(slots[slot])
            let range = Int(ends[entry])..<Int(ends[entry + 1])
            if range.count == piece.count,
                text.withElements({ $0[range].elementsEqual(piece) })
            {
                break
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func rehash() {
        var larger = Table(Array(repeating: Int32(-1), count: slots.count * 2))
        let mask = larger.count - 1
        text.withElements { text in
            for entry in 0..<ids.count {
                let range = Int(ends[entry])..<Int(ends[entry + 1])
                var slot = Self.hash(UnsafeBufferPointer(rebasing: text[range])) & mask
                while larger[slot] >= 0 { slot = (slot + 1) & mask }
                larger[slot] = Int32(entry)
            }
        }
        slots = larger
    }

    /// FNV-1a: pieces are a few bytes long and come from a file that was chosen, not from requests.
    private static func hash(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in piece { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}

extension Vocabulary {
    /// Writes the vocabulary into a cache.
    func write(to cache: inout CacheWriter) {
        cache.append([Int64(size), Int64(longestPiece)])
        cache.append(text)
        cache.append(ends)
        cache.append(ids)
        cache.append(slots)
    }

    /// Reads a vocabulary from a cache.
    init(from cache: inout CacheReader) throws(CacheReader.Damage) {
        let numbers = try cache.table(of: Int64.self)
        guard numbers.count == 2 else { throw CacheReader.Damage() }
        size = Int(numbers[0])
        longestPiece = Int(numbers[1])
        text = try cache.table()
        ends = try cache.table()
        ids = try cache.table()
        slots = try cache.table()
    }
}
