import Foundation

/// Builds JPEG files with hand-made EXIF blocks.
struct ExifBuilder {
    var isBigEndian = false
    /// Tag, type and value of the main directory.
    var main: [(Int, Int, [UInt8])] = []
    /// The same of the EXIF directory.
    var exif: [(Int, Int, [UInt8])] = []
    /// The same of the directory of places, which is left out where it is empty.
    var place: [(Int, Int, [UInt8])] = []

    /// Rational numbers with a denominator of 100.
    func rationals(_ numbers: [Double]) -> [UInt8] {
        numbers.flatMap { number(Int(($0 * 100).rounded()), 4) + number(100, 4) }
    }

    /// A text field's value.
    static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    /// The JPEG with this block after its first marker.
    func jpeg(from data: Data) -> Data {
        let block = Array("Exif\0\0".utf8) + tiff
        let length = block.count + 2
        return data.prefix(2) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + block
            + data.dropFirst(2)
    }

    /// The TIFF structure.
    var tiff: [UInt8] {
        let start = 8
        let mainSize = 2 + 12 * (main.count + (place.isEmpty ? 1 : 2)) + 4
        let exifStart = start + mainSize
        let exifSize = 2 + 12 * exif.count + 4
        var values: [UInt8] = []
        let placeStart = exifStart + exifSize
        let valueStart = placeStart + (place.isEmpty ? 0 : 2 + 12 * place.count + 4)
        func directory(_ fields: [(Int, Int, [UInt8])]) -> [UInt8] {
            var bytes = number(fields.count, 2)
            for (tag, type, value) in fields {
                let size = type == 3 ? 2 : type == 4 ? 4 : type == 5 ? 8 : 1
                bytes += number(tag, 2) + number(type, 2) + number(value.count / size, 4)
                if value.count <= 4 {
                    bytes += value + [UInt8](repeating: 0, count: 4 - value.count)
                } else {
                    bytes += number(valueStart + values.count, 4)
                    values += value + (value.count % 2 == 1 ? [0] : [])
                }
            }
            return bytes + number(0, 4)
        }
        let head: [UInt8] = isBigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]
        var fields = main + [(0x8769, 4, number(exifStart, 4))]
        if !place.isEmpty { fields.append((0x8825, 4, number(placeStart, 4))) }
        let first = directory(fields)
        let second = directory(exif)
        let third = place.isEmpty ? [] : directory(place)
        return head + number(start, 4) + first + second + third + values
    }

    /// A number in the block's byte order.
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBigEndian ? little.reversed() : little
    }
}
