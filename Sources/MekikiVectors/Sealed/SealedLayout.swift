/// Where the parts of sealed vectors lie, in memory and in a file alike.
///
/// In this order, each on a boundary of 64 bytes: the header, the centre (float32), the images'
/// numbers (int64, ascending), a checksum of each row (uint64), the blocks of codes, and on a
/// boundary of a page the rows (float16). All numbers have their lower byte first.
struct SealedLayout: Sendable, Hashable {
    /// How many rows.
    let count: Int
    /// Components of each row.
    let dimension: Int

    static let headerSize = 64
    private static let alignment = 64
    private static let pageSize = 4096

    /// The greatest numbers that a file is believed to have: offsets then never overflow.
    static let greatestCount = 1 << 24
    static let greatestDimension = 1 << 16

    /// Elements from one row's start to the next, so that each row starts on a cache line.
    var stride: Int { Self.rounded(dimension, 32) }
    var centreOffset: Int { Self.headerSize }
    var idsOffset: Int { Self.rounded(centreOffset + dimension * 4, Self.alignment) }
    var sumsOffset: Int { Self.rounded(idsOffset + count * 8, Self.alignment) }
    var codesOffset: Int { Self.rounded(sumsOffset + count * 8, Self.alignment) }
    /// Blocks of codes, the last of which may be partly empty.
    var blockCount: Int { (count + CodeSpace.blockCount - 1) / CodeSpace.blockCount }
    /// Behind the last code: all before it is under the header's checksum.
    var codesEnd: Int { codesOffset + blockCount * CodeSpace.blockWords(dimension: dimension) * 8 }
    var rowsOffset: Int { Self.rounded(codesEnd, Self.pageSize) }
    /// The bytes of all parts together.
    var size: Int { rowsOffset + count * stride * 2 }

    private static func rounded(_ value: Int, _ step: Int) -> Int {
        (value + step - 1) / step * step
    }
}
