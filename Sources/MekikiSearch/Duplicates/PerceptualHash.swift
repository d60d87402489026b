import Foundation
import MekikiCore

/// 64 bits that say what a picture looks like from afar, and stay the same when it is scaled or compressed
/// anew.
///
/// The brightness of 32 x 32 fields goes through a discrete cosine transform; each of the 64 lowest
/// frequencies is a bit, set where it is above their median (Zauner: "Implementation and Benchmarking of
/// Perceptual Image Hash Functions", 2010, 3.2).
public struct PerceptualHash: Hashable, Sendable {
    /// The bits.
    public let bits: UInt64

    private static let side = 32
    private static let kept = 8

    /// Creates a hash from its bits.
    ///
    /// - Parameter bits: The bits.
    public init(bits: UInt64) { self.bits = bits }

    /// Looks at a picture; `nil` for one without any features, whose bits would be noise.
    ///
    /// - Parameter picture: The picture, of any size.
    /// - Complexity: O(pixels).
    public init?(_ picture: PixelBuffer) {
        let fields = Self.fields(of: picture)
        let mean = fields.reduce(0, +) / Float(fields.count)
        let spread = fields.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(fields.count)
        guard spread.squareRoot() >= Self.leastSpread else { return nil }
        let frequencies = Self.lowestFrequencies(of: fields)
        // The first is the mean, which says nothing of what is seen where.
        let median = frequencies.dropFirst().sorted()[frequencies.count / 2 - 1]
        bits = frequencies.enumerated().reduce(0) { bits, entry in
            entry.element > median ? bits | 1 << UInt64(entry.offset) : bits
        }
    }

    /// In how many bits two pictures differ, 0 to 64; of unlike ones about half do.
    ///
    /// - Parameter other: Another picture's hash.
    /// - Returns: The number.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// Levels of grey; what differs by less is one colour with compression's noise.
    private static let leastSpread: Float = 2

    /// The mean brightness of each field, row by row.
    private static func fields(of picture: PixelBuffer) -> [Float] {
        var fields = [Float](repeating: 0, count: side * side)
        for row in 0..<side {
            let rows = range(row, picture.height)
            for column in 0..<side {
                let columns = range(column, picture.width)
                var sum: Float = 0
                for y in rows {
                    for x in columns {
                        let place = 3 * (y * picture.width + x)
                        // The weights of ITU-R BT.601.
                        sum +=
                            0.299 * Float(picture.bytes[place])
                            + 0.587 * Float(picture.bytes[place + 1])
                            + 0.114 * Float(picture.bytes[place + 2])
                    }
                }
                fields[row * side + column] = sum / Float(rows.count * columns.count)
            }
        }
        return fields
    }

    /// The pixels of a field along one side: at least one, also where there are fewer pixels than fields.
    private static func range(_ field: Int, _ count: Int) -> Range<Int> {
        let start = min(field * count / side, count - 1)
        return start..<max(start + 1, min((field + 1) * count / side, count))
    }

    private static func lowestFrequencies(of fields: [Float]) -> [Float] {
        var rows = [Float](repeating: 0, count: side * kept)
        for row in 0..<side {
            for frequency in 0..<kept {
                rows[row * kept + frequency] = (0..<side).reduce(0) {
                    $0 + fields[row * side + $1] * cosines[frequency * side + $1]
                }
            }
        }
        return (0..<kept * kept).map { place in
            let (down, across) = (place / kept, place % kept)
            return (0..<side).reduce(0) {
                $0 + rows[$1 * kept + across] * cosines[down * side + $1]
            }
        }
    }

    private static let cosines: [Float] = (0..<kept).flatMap { frequency in
        (0..<side).map { place in
            Float(cos(Double.pi * Double(frequency) * (Double(place) + 0.5) / Double(side)))
        }
    }
}
