/// Writes zip archives of files that are stored as they are, sound ones and others.
public struct StoredArchiveWriter: Sendable {
    /// A file of the archive.
    public struct File: Sendable {
        /// Its name, with all folders.
        public var name: String

        /// Its bytes.
        public var bytes: [UInt8]

        /// Describes a file.
        ///
        /// - Parameters:
        ///   - name: Its name, with all folders.
        ///   - bytes: Its bytes.
        public init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The files, in their order.
    public var files: [File]

    /// Whether lengths and positions stand in 64-bit fields, as those of large archives do.
    public var isLarge = false

    /// Whether the records are there that say where a list beyond 4 GiB is; PyTorch always writes them.
    public var hasLargeEnd = true

    /// The compression that the list claims; 0 is none.
    public var method: UInt16 = 0

    /// The flags that the list claims; 1 is encryption.
    public var flags: UInt16 = 0x0808

    /// What follows the archive.
    public var comment: [UInt8] = []

    /// Starts with some files.
    ///
    /// - Parameter files: The files, in their order.
    public init(_ files: [File]) { self.files = files }

    /// Writes the archive.
    ///
    /// - Returns: Its bytes. Each file starts at a multiple of 64, as PyTorch places them.
    public func bytes() -> [UInt8] {
        var archive: [UInt8] = []
        var list: [UInt8] = []
        for file in files {
            let offset = archive.count
            let name = Array(file.name.utf8)
            let padding = (64 - (offset + 30 + name.count + 4) % 64) % 64
            archive += Self.field(0x0403_4b50 as UInt32) + Self.field(0 as UInt16)
            archive += Self.field(flags) + Self.field(method)
            // The length stands in the list alone.
            archive += [UInt8](repeating: 0, count: 16)
            archive += Self.field(UInt16(name.count)) + Self.field(UInt16(4 + padding)) + name
            archive += Array("FB".utf8) + Self.field(UInt16(padding))
            archive += [UInt8](repeating: UInt8(ascii: "Z"), count: padding)
            archive += file.bytes
            list += entry(name, count: file.bytes.count, offset: offset)
        }
        let start = archive.count
        archive += list
        if hasLargeEnd { archive += largeEnd(list: list.count, start: start) }
        let count = Self.field(isLarge ? 0xffff : UInt16(files.count))
        archive += Self.field(0x0605_4b50 as UInt32) + [0, 0, 0, 0] + count + count
        archive += Self.field(UInt32(list.count))
        archive += Self.field(isLarge ? UInt32.max : UInt32(start))
        return archive + Self.field(UInt16(comment.count)) + comment
    }

    private func entry(_ name: [UInt8], count: Int, offset: Int) -> [UInt8] {
        let length = Self.field(isLarge ? UInt32.max : UInt32(count))
        var extra: [UInt8] = []
        if isLarge {
            extra += Self.field(1 as UInt16) + Self.field(24 as UInt16)
            extra += Self.field(UInt64(count)) + Self.field(UInt64(count))
            extra += Self.field(UInt64(offset))
        }
        var entry = Self.field(0x0201_4b50 as UInt32) + [0, 0, 0, 0]
        entry += Self.field(flags) + Self.field(method) + [UInt8](repeating: 0, count: 8)
        entry += length + length
        entry += Self.field(UInt16(name.count)) + Self.field(UInt16(extra.count))
        entry += [UInt8](repeating: 0, count: 10)
        entry += Self.field(isLarge ? UInt32.max : UInt32(offset))
        return entry + name + extra
    }

    private func largeEnd(list: Int, start: Int) -> [UInt8] {
        let position = UInt64(start + list)
        var end = Self.field(0x0606_4b50 as UInt32) + Self.field(44 as UInt64)
        end += [UInt8](repeating: 0, count: 12)
        end += Self.field(UInt64(files.count)) + Self.field(UInt64(files.count))
        end += Self.field(UInt64(list)) + Self.field(UInt64(start))
        end += Self.field(0x0706_4b50 as UInt32) + [0, 0, 0, 0] + Self.field(position)
        return end + Self.field(1 as UInt32)
    }

    private static func field<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
