/// The sides that an AV1 stream announces, the largest where it does so several times (AV1
/// bitstream specification, 5.3 and 5.5).
struct AV1Sequence {
    /// Width and height in pixels.
    let sides: (width: Int, height: Int)

    /// The kind of unit that announces sides.
    private static let sequenceHeader: UInt8 = 1

    /// The most units that are looked at.
    private static let mostUnits = 4096

    /// Reads a picture's bytes; `nil` where none of its units announces sides.
    init?(_ bytes: FileBytes) {
        var largest: (width: Int, height: Int)?
        var offset = 0
        for _ in 0..<Self.mostUnits {
            guard let head = bytes.byte(at: offset) else { break }
            offset += head & 4 == 0 ? 1 : 2
            var size = bytes.count - offset
            if head & 2 != 0 {
                guard let (value, length) = Self.leb128(bytes, at: offset) else { break }
                size = value
                offset += length
            }
            let part = max(0, min(size, bytes.count - offset, 1024))
            if head >> 3 & 15 == Self.sequenceHeader,
                let unit = bytes.slice(offset, count: part), let found = Self.sides(unit.array)
            {
                largest = (
                    max(largest?.width ?? 0, found.width), max(largest?.height ?? 0, found.height)
                )
            }
            offset += size
        }
        guard let largest else { return nil }
        sides = largest
    }

    /// A number in groups of seven bits, the least significant first (4.10.5).
    private static func leb128(_ bytes: FileBytes, at offset: Int) -> (value: Int, length: Int)? {
        var value = 0
        for index in 0..<8 {
            guard let byte = bytes.byte(at: offset + index) else { return nil }
            value |= Int(byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 { return value < 1 << 32 ? (value, index + 1) : nil }
        }
        return nil
    }

    /// The sides in a sequence header, which stand after times and operating points.
    private static func sides(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        var reader = BitReader(bytes)
        guard reader.skip(4) != nil, let isReduced = reader.flag() else { return nil }
        if isReduced {
            guard reader.skip(5) != nil else { return nil }
        } else {
            guard skipOperatingPoints(&reader) != nil else { return nil }
        }
        guard let widthBits = reader.bits(4), let heightBits = reader.bits(4),
            let width = reader.bits(widthBits + 1), let height = reader.bits(heightBits + 1)
        else { return nil }
        return (width + 1, height + 1)
    }

    private static func skipOperatingPoints(_ reader: inout BitReader) -> Void? {
        guard let hasTimes = reader.flag() else { return nil }
        var delayBits: Int?
        if hasTimes {
            guard reader.skip(64) != nil, let isEven = reader.flag() else { return nil }
            if isEven { guard reader.golomb() != nil else { return nil } }
            guard let hasModel = reader.flag() else { return nil }
            if hasModel {
                guard let length = reader.bits(5), reader.skip(42) != nil else { return nil }
                delayBits = length + 1
            }
        }
        guard let hasDelays = reader.flag(), let points = reader.bits(5) else { return nil }
        for _ in 0...points {
            guard reader.skip(12) != nil, let level = reader.bits(5),
                reader.skip(level > 7 ? 1 : 0) != nil
            else { return nil }
            if let delayBits {
                guard let isPresent = reader.flag(),
                    reader.skip(isPresent ? 2 * delayBits + 1 : 0) != nil
                else { return nil }
            }
            if hasDelays {
                guard let isPresent = reader.flag(), reader.skip(isPresent ? 4 : 0) != nil
                else { return nil }
            }
        }
        return ()
    }
}
