import MekikiCore

/// The list of a zip archive whose files are stored as they are, as PyTorch writes them.
///
/// The list at the archive's end is what counts; the headers before each file only say how far its
/// bytes are from them, because PyTorch leaves their sizes empty. Every position is compared with
/// the file, and no checksums: those of tensors would mean reading gigabytes.
struct StoredArchive {
    /// Where the bytes of each file are.
    let files: [String: Range<Int>]

    /// The files that an archive may list; the largest models have some thousand tensors.
    static let maximumFiles = 200_000

    private static let maximumNameLength = 1000

    /// Reads the list.
    ///
    /// - Parameter bytes: The whole archive.
    /// - Throws: `MekikiError` with code `badData` when it is damaged and `configuration` when it
    ///   is compressed or encrypted.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        let (start, count) = try Self.directory(of: bytes)
        guard count <= Self.maximumFiles else {
            throw MekikiError.damagedCheckpoint("lists \(count) files, more than any model has")
        }
        var reader = try LittleEndianReader(bytes, at: start)
        var files: [String: Range<Int>] = [:]
        for _ in 0..<count {
            let (name, range) = try Self.entry(&reader)
            guard files.updateValue(range, forKey: name) == nil else {
                throw MekikiError.damagedCheckpoint("lists the file '\(name.shortened)' twice")
            }
        }
        self.files = files
    }

    /// Finds where the list starts and how many files it has.
    private static func directory(
        of bytes: UnsafeRawBufferPointer
    ) throws -> (start: Int, count: Int) {
        guard let end = lastRecord(of: bytes) else {
            throw MekikiError.damagedCheckpoint("has no end of its archive")
        }
        var reader = try LittleEndianReader(bytes, at: end + 8)
        _ = try reader.integer(UInt16.self)
        let count = try reader.count(UInt16.self)
        _ = try reader.integer(UInt32.self)
        let start = try reader.count(UInt32.self)
        // Of large archives a second record has the numbers; a third says where that is.
        if end >= 20, var locator = try? LittleEndianReader(bytes, at: end - 20),
            try locator.integer(UInt32.self) == 0x0706_4b50
        {
            _ = try locator.integer(UInt32.self)
            var large = try LittleEndianReader(bytes, at: try locator.count(UInt64.self))
            guard try large.integer(UInt32.self) == 0x0606_4b50 else {
                throw MekikiError.damagedCheckpoint("has no end of its archive")
            }
            _ = try large.take(28)
            let count = try large.count(UInt64.self)
            _ = try large.integer(UInt64.self)
            return (try large.count(UInt64.self), count)
        }
        return (start, count)
    }

    /// The position of the last record, after which only a comment stands.
    private static func lastRecord(of bytes: UnsafeRawBufferPointer) -> Int? {
        let length = 22
        guard bytes.count >= length else { return nil }
        let last = bytes.count - length
        for position in stride(from: last, through: max(0, last - 0xffff), by: -1) {
            let signature = UInt32(
                littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            )
            let comment = UInt16(
                littleEndian: bytes.loadUnaligned(fromByteOffset: position + 20, as: UInt16.self)
            )
            if signature == 0x0605_4b50, position + length + Int(comment) == bytes.count {
                return position
            }
        }
        return nil
    }

    /// Reads one line of the list, and the header that it points to.
    private static func entry(
        _ reader: inout LittleEndianReader
    ) throws -> (name: String, range: Range<Int>) {
        guard try reader.integer(UInt32.self) == 0x0201_4b50 else {
            throw MekikiError.damagedCheckpoint("has a damaged list of its files")
        }
        _ = try reader.take(4)
        let flags = try reader.integer(UInt16.self)
        let method = try reader.integer(UInt16.self)
        _ = try reader.take(8)
        var lengths = [try reader.count(UInt32.self), try reader.count(UInt32.self)]
        let nameLength = try reader.count(UInt16.self)
        let extraLength = try reader.count(UInt16.self)
        let commentLength = try reader.count(UInt16.self)
        guard nameLength <= maximumNameLength else {
            throw MekikiError.damagedCheckpoint("has a file with a name of \(nameLength) bytes")
        }
        _ = try reader.take(8)
        var offset = try reader.count(UInt32.self)
        let name = try reader.text(nameLength)
        let extra = try reader.take(extraLength)
        _ = try reader.take(commentLength)
        guard flags & 1 == 0 else { throw MekikiError.unreadCheckpoint("is encrypted") }
        guard method == 0 else { throw MekikiError.unreadCheckpoint("is a compressed archive") }

        // What doesn't fit 32 bits stands in an extra field, in this order.
        var large = try largeNumbers(extra)
        for index in [1, 0] where lengths[index] == 0xffff_ffff {
            lengths[index] = try large?.count(UInt64.self) ?? lengths[index]
        }
        if offset == 0xffff_ffff { offset = try large?.count(UInt64.self) ?? offset }
        guard lengths[0] == lengths[1] else {
            throw MekikiError.damagedCheckpoint("gives the file '\(name.shortened)' two lengths")
        }
        let start = try dataStart(of: name, at: offset, in: reader.bytes)
        guard lengths[0] <= reader.bytes.count - start else {
            throw MekikiError.damagedCheckpoint(
                "places the file '\(name.shortened)' beyond its end"
            )
        }
        return (name, start..<start + lengths[0])
    }

    /// The extra field for 64-bit numbers, when there is one.
    private static func largeNumbers(
        _ extra: UnsafeRawBufferPointer
    ) throws -> LittleEndianReader? {
        var reader = try LittleEndianReader(extra)
        // Fewer than four bytes at the end are padding.
        while extra.count - reader.position >= 4 {
            let kind = try reader.integer(UInt16.self)
            let field = try reader.take(try reader.count(UInt16.self))
            if kind == 1 { return try LittleEndianReader(field) }
        }
        return nil
    }

    /// Where a file's bytes start: behind its header, whose length only the header knows.
    private static func dataStart(
        of name: String,
        at offset: Int,
        in bytes: UnsafeRawBufferPointer
    ) throws -> Int {
        var header = try LittleEndianReader(bytes, at: offset)
        guard try header.integer(UInt32.self) == 0x0403_4b50 else {
            throw MekikiError.damagedCheckpoint(
                "has no file where its list places '\(name.shortened)'"
            )
        }
        _ = try header.take(22)
        let nameLength = try header.count(UInt16.self)
        let extraLength = try header.count(UInt16.self)
        guard try header.text(nameLength) == name else {
            throw MekikiError.damagedCheckpoint(
                "has another file where its list places '\(name.shortened)'"
            )
        }
        _ = try header.take(extraLength)
        return header.position
    }
}
