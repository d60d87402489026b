import Foundation
import GRDB

/// A number that tells whether a row is as it was written.
///
/// SQLite notices damage to its own structure only: a byte that changes inside a text, a vector or a
/// number is another value to it. Each value counts together with its place, and NULL counts nothing, so
/// that columns which are added later leave the sums of older rows as they are. It is no defence against
/// intent.
struct RowChecksum {
    /// The name of the SQL function.
    static let functionName = "mekiki_row_checksum"

    /// The SQL function that gives the sum of its arguments; texts are given as bytes, because SQLite's
    /// own would end at a NUL.
    static let function = DatabaseFunction(functionName, argumentCount: nil, pure: true) { values in
        var sum = RowChecksum()
        for (place, value) in values.enumerated() {
            switch value.storage {
            case .null: break
            case .int64(let number): sum.add(number, at: place)
            case .double(let number): sum.add(Int64(bitPattern: number.bitPattern), at: place)
            case .string(let text): sum.add(Array(text.utf8), at: place)
            case .blob(let data): data.withUnsafeBytes { sum.add($0, at: place) }
            }
        }
        return sum.value
    }

    private var sum: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The sum as SQLite keeps it.
    var value: Int64 { Int64(bitPattern: Self.mixed(sum)) }

    /// Adds a number, the one of a column.
    mutating func add(_ number: Int64, at place: Int) {
        add(word: UInt64(UInt(place)) << 32 | 1)
        add(word: UInt64(bitPattern: number))
    }

    /// Adds a text's or a blob's bytes.
    mutating func add(_ bytes: [UInt8], at place: Int) {
        bytes.withUnsafeBytes { add($0, at: place) }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        add(word: UInt64(UInt(place)) << 32 | 2)
        add(word: UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            add(word: UInt64(littleEndian: word))
            offset += 8
        }
        var rest: UInt64 = 0
        for index in offset..<bytes.count { rest = rest << 8 | UInt64(bytes[index]) }
        add(word: rest)
    }

    /// Every step can be undone, so no two words in the same place give the same sum.
    private mutating func add(word: UInt64) {
        sum = (sum ^ word) &* 0xC2B2_AE3D_27D4_EB4F
        sum ^= sum >> 29
    }

    private static func mixed(_ sum: UInt64) -> UInt64 {
        let product = (sum ^ sum >> 32) &* 0xD6E8_FEB8_6659_FD93
        return product ^ product >> 32
    }
}

extension RowChecksum {
    /// The sum of a row that was read without SQLite.
    ///
    /// - Parameter values: All columns but the sum's own, in the table's order.
    init(of values: [DatabaseRecord.Value]) {
        for (place, value) in values.enumerated() {
            switch value {
            case .null: break
            case .integer(let number): add(number, at: place)
            case .real(let number): add(Int64(bitPattern: number.bitPattern), at: place)
            case .text(let bytes), .blob(let bytes): add(bytes, at: place)
            }
        }
    }
}
