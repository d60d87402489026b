import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The pages of a SQLite file as its last commit left them, the write-ahead log included, read without
/// SQLite: whatever stands in a damaged file, it is only bytes here.
///
/// The format is described at https://www.sqlite.org/fileformat.html.
final class DatabasePages {
    /// Bytes of a page.
    let size: Int
    /// Bytes of a page that hold content.
    let usableSize: Int
    /// How many pages there are, whole or not.
    let count: Int

    private let file: Int32
    private let log: [UInt8]
    /// Where the newest committed version of a page starts in the log.
    private let placesInLog: [Int: Int]

    /// Looks at a file.
    ///
    /// - Parameters:
    ///   - file: The open file; it stays open, and the caller's.
    ///   - log: The content of the file's write-ahead log, empty for none.
    ///   - defaultSize: The size of a page where neither file nor log tells.
    init(file: Int32, log: [UInt8], defaultSize: Int) {
        self.file = file
        self.log = log
        let header = Self.bytes(of: file, at: 0, count: 100)
        let frames = WriteAheadLog(log)
        let isSound = header.count == 100 && header.starts(with: "SQLite format 3\0".utf8)
        let named = isSound ? header.number(at: 16, 2) : 0
        let own = named == 1 ? 65_536 : named
        let isSize = (512...65_536).contains(own) && own & (own - 1) == 0
        size = frames?.pageSize ?? (isSize ? own : defaultSize)
        let reserved = isSound ? Int(header[20]) : 0
        // SQLite itself refuses less than 480.
        usableSize = size - reserved >= 480 ? size - reserved : size
        placesInLog = frames?.places ?? [:]
        let end = lseek(file, 0, SEEK_END)
        let ownCount = (Int(max(end, 0)) + size - 1) / size
        count = max(ownCount, placesInLog.keys.max() ?? 0)
    }

    /// Whether there is a page of a number, other than the first, which nothing refers to.
    func holds(_ number: Int) -> Bool { number >= 2 && number <= count }

    /// A page's bytes; what is beyond the file's end or can't be read is zero.
    ///
    /// - Parameter number: 1 or more.
    /// - Returns: As many bytes as a page has.
    func page(_ number: Int) -> [UInt8] {
        if let place = placesInLog[number] { return Array(log[place..<place + size]) }
        var bytes = Self.bytes(of: file, at: (number - 1) * size, count: size)
        bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
        return bytes
    }

    private static func bytes(of file: Int32, at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let result = pread(
                    file,
                    buffer.baseAddress?.advanced(by: filled),
                    count - filled,
                    off_t(offset + filled)
                )
                if result < 0, errno == EINTR { continue }
                if result <= 0 { return }
                filled += result
            }
        }
    }
}

extension [UInt8] {
    /// An unsigned number, higher bytes first; the caller sees to it that it is there.
    func number(at offset: Int, _ count: Int) -> Int {
        self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
