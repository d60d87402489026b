import MekikiCore

/// Goes through bytes that nobody vouches for, from the first to the last, and never beyond.
struct LittleEndianReader {
    /// The bytes.
    let bytes: UnsafeRawBufferPointer

    /// Where the next one is.
    private(set) var position = 0

    /// Starts at a position, or fails where it is outside the bytes.
    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) throws {
        guard position >= 0, position <= bytes.count else {
            throw MekikiError.damagedCheckpoint("points beyond its end")
        }
        self.bytes = bytes
        self.position = position
    }

    /// Reads an integer.
    mutating func integer<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
        let part = try take(MemoryLayout<Number>.size)
        return Number(littleEndian: part.loadUnaligned(as: Number.self))
    }

    /// Reads an integer that counts something, as an `Int`.
    mutating func count<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Int {
        guard let number = Int(exactly: try integer(type)), number >= 0 else {
            throw MekikiError.damagedCheckpoint("has a length out of range")
        }
        return number
    }

    /// Reads some bytes, where they lie.
    mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else {
            throw MekikiError.damagedCheckpoint("ends too early")
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// Reads text of a length.
    mutating func text(_ count: Int) throws -> String {
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw MekikiError.damagedCheckpoint("has a text that is not UTF-8")
        }
        return text
    }

    /// Reads text up to the end of its line.
    mutating func line() throws -> String {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw MekikiError.damagedCheckpoint("ends too early")
        }
        let text = try text(end - position)
        position += 1
        return text
    }
}
