import Foundation

/// A file's bytes, borrowed, with every read checked: in a release build, Swift's own unsafe
/// buffers check nothing, and these bytes come from strangers.
struct FileBytes {
    /// The order of the bytes of a number.
    enum Order {
        /// The least significant byte first.
        case little
        /// The most significant byte first.
        case big
    }

    private let buffer: UnsafeRawBufferPointer

    /// Borrows bytes that must outlive this value.
    init(_ buffer: UnsafeRawBufferPointer) {
        self.buffer = buffer
    }

    /// The number of bytes.
    var count: Int { buffer.count }

    /// The first byte's address, for libraries.
    var address: UnsafeRawPointer? { buffer.baseAddress }

    /// The byte at a place, or `nil` outside.
    func byte(at offset: Int) -> UInt8? {
        guard offset >= 0 && offset < buffer.count else { return nil }
        return buffer[offset]
    }

    /// A 16-bit number, or `nil` where it isn't whole.
    func uint16(at offset: Int, _ order: Order) -> Int? {
        guard let first = byte(at: offset), let second = byte(at: offset + 1) else { return nil }
        switch order {
        case .little: return Int(first) | Int(second) << 8
        case .big: return Int(first) << 8 | Int(second)
        }
    }

    /// A 32-bit number, or `nil` where it isn't whole.
    func uint32(at offset: Int, _ order: Order) -> Int? {
        guard let first = uint16(at: offset, order), let second = uint16(at: offset + 2, order)
        else { return nil }
        switch order {
        case .little: return first | second << 16
        case .big: return first << 16 | second
        }
    }

    /// A part, or `nil` where it isn't whole.
    func slice(_ offset: Int, count: Int) -> FileBytes? {
        guard
            offset >= 0 && count >= 0 && offset <= buffer.count
                && count <= buffer.count - offset
        else { return nil }
        return FileBytes(UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + count]))
    }

    /// What follows a place.
    func dropping(_ offset: Int) -> FileBytes? {
        slice(offset, count: buffer.count - offset)
    }

    /// Whether these characters stand at a place.
    func has(_ text: String, at offset: Int = 0) -> Bool {
        guard let part = slice(offset, count: text.utf8.count) else { return false }
        return part.buffer.elementsEqual(text.utf8)
    }

    /// Whether these bytes stand at the start.
    func starts(with bytes: [UInt8]) -> Bool {
        buffer.starts(with: bytes)
    }

    /// The first place of a byte from an offset on.
    ///
    /// - Complexity: O(n), by the C library's vectorised search.
    func firstIndex(of byte: UInt8, from offset: Int = 0) -> Int? {
        guard offset >= 0 && offset < buffer.count, let base = buffer.baseAddress,
            let found = memchr(base + offset, Int32(byte), buffer.count - offset)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// A copy of the bytes.
    var array: [UInt8] { Array(buffer) }

    /// The text, by strict UTF-8 where it is that, else as Latin-1, in which every byte is a
    /// character: many writers put UTF-8 where a standard says Latin-1.
    var text: String {
        String(validating: buffer, as: UTF8.self)
            ?? String(String.UnicodeScalarView(buffer.map { Unicode.Scalar($0) }))
    }
}
