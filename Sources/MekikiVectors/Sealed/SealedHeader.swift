import CMekikiKernels
import MekikiCore

/// The first bytes of sealed vectors: what they are, and a checksum of all but the rows.
///
/// Eight little-endian words of 64 bits: the name, the format's version, the number of rows, their
/// dimension, the seed of the codes' rotation, two words of zeros, and the checksum, which is taken
/// with zeros in its own place.
struct SealedHeader {
    let layout: SealedLayout

    /// "MkkiVec" and a zero, lowest byte first.
    private static let name: UInt64 = 0x0063_6556_696b_6b4d
    /// Raised when the same bytes come to mean something else.
    private static let version: UInt64 = 1
    private static let wordCount = 8

    init(_ layout: SealedLayout) {
        self.layout = layout
    }

    /// Reads the header of a file's content.
    ///
    /// It fails when it is no such file, or a torn, cut or changed one.
    ///
    /// - Parameter bytes: The whole file.
    /// - Complexity: O(n): all but the rows is read.
    init?(reading bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= SealedLayout.headerSize else { return nil }
        let words = (0..<Self.wordCount).map {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
        }
        guard words[0] == Self.name, words[1] == Self.version, words[4] == CodeSpace.seed,
            let count = Int(exactly: words[2]), let dimension = Int(exactly: words[3]),
            (1...SealedLayout.greatestCount).contains(count),
            (1...SealedLayout.greatestDimension).contains(dimension)
        else { return nil }
        layout = SealedLayout(count: count, dimension: dimension)
        guard bytes.count == layout.size, Self.sum(of: bytes, layout) == words[7] else {
            return nil
        }
    }

    /// Writes the header before everything else that is in place.
    func write(to memory: SealedMemory) {
        let words: [UInt64] = [
            Self.name, Self.version, UInt64(layout.count), UInt64(layout.dimension),
            CodeSpace.seed, 0, 0, 0,
        ]
        for (place, word) in words.enumerated() {
            memory.start.storeBytes(of: word.littleEndian, toByteOffset: place * 8, as: UInt64.self)
        }
        let bytes = UnsafeRawBufferPointer(start: memory.start, count: layout.size)
        memory.start.storeBytes(
            of: Self.sum(of: bytes, layout).littleEndian,
            toByteOffset: (Self.wordCount - 1) * 8,
            as: UInt64.self
        )
    }

    /// The checksum that a header holds.
    static func storedSum(_ start: UnsafeRawPointer) -> UInt64 {
        UInt64(
            littleEndian: start.loadUnaligned(
                fromByteOffset: (wordCount - 1) * 8,
                as: UInt64.self
            )
        )
    }

    /// Of all before the rows, but for the word that the sum itself stands in.
    private static func sum(of bytes: UnsafeRawBufferPointer, _ layout: SealedLayout) -> UInt64 {
        guard let start = bytes.baseAddress else { return 0 }
        let front = mekiki_checksum(start, (wordCount - 1) * 8)
        let rest = mekiki_checksum(
            start + SealedLayout.headerSize,
            layout.codesEnd - SealedLayout.headerSize
        )
        return front &* 3 ^ rest
    }
}
