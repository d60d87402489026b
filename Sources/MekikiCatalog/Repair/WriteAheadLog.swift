/// What a SQLite write-ahead log holds: the pages of its committed transactions.
struct WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    let pageSize: Int
    /// Where the newest committed version of a page starts in the log.
    private(set) var places: [Int: Int] = [:]
    /// Frames up to the end of the last transaction that is whole.
    private(set) var committedFrames = 0
    /// Frames that were written in the same run of the log, whole or not.
    private(set) var writtenFrames = 0

    /// Reads a log up to the first frame that isn't whole, as SQLite does.
    ///
    /// - Parameter log: The file's bytes.
    init?(_ log: [UInt8]) {
        guard log.count >= Self.headerSize else { return nil }
        let magic = log.number(at: 0, 4)
        guard magic == 0x377F_0682 || magic == 0x377F_0683 else { return nil }
        let size = log.number(at: 8, 4)
        guard (512...65_536).contains(size), size & (size - 1) == 0 else { return nil }
        pageSize = size
        var sum = Checksum(isBigEndian: magic & 1 == 1)
        sum.add(log[0..<24])
        guard sum.first == UInt32(log.number(at: 24, 4)),
            sum.second == UInt32(log.number(at: 28, 4))
        else { return nil }

        var pending: [Int: Int] = [:]
        var isWhole = true
        var offset = Self.headerSize
        var frame = 0
        while offset + Self.frameHeaderSize + size <= log.count {
            // Frames of an earlier run of the log have other salts.
            guard log[offset + 8..<offset + 16] == log[16..<24] else { break }
            frame += 1
            writtenFrames = frame
            let start = offset + Self.frameHeaderSize
            if isWhole {
                sum.add(log[offset..<offset + 8])
                sum.add(log[start..<start + size])
                isWhole =
                    sum.first == UInt32(log.number(at: offset + 16, 4))
                    && sum.second == UInt32(log.number(at: offset + 20, 4))
            }
            if isWhole {
                pending[log.number(at: offset, 4)] = start
                if log.number(at: offset + 4, 4) > 0 {
                    places.merge(pending) { $1 }
                    pending = [:]
                    committedFrames = frame
                }
            }
            offset = start + size
        }
    }

    /// SQLite's checksum of a log: two sums, each feeding the other.
    private struct Checksum {
        let isBigEndian: Bool
        var first: UInt32 = 0
        var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { buffer in
                for offset in stride(from: 0, to: buffer.count - 7, by: 8) {
                    first &+= word(buffer, offset) &+ second
                    second &+= word(buffer, offset + 4) &+ first
                }
            }
        }

        private func word(_ buffer: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let word = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }
    }
}
