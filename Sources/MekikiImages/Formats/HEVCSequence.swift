/// The sides that a HEVC stream announces, the largest where it does so several times (ITU-T H.265,
/// 7.3.2.2.1; its place in a file by ISO/IEC 14496-15, 8.3.2).
struct HEVCSequence {
    /// Width and height in pixels.
    private(set) var sides: (width: Int, height: Int)

    /// The kind of unit that announces sides.
    private static let parameterSet: UInt8 = 33

    /// The most units that are looked at, in a configuration or a picture.
    private static let mostUnits = 4096

    /// Reads a picture's `hvcC` box; `nil` where none of its units announces sides.
    init?(configuration bytes: FileBytes) {
        var largest: (width: Int, height: Int)?
        var offset = 23
        var left = Self.mostUnits
        for _ in 0..<(bytes.byte(at: 22) ?? 0) {
            guard let kind = bytes.byte(at: offset), let count = bytes.uint16(at: offset + 1, .big)
            else { break }
            offset += 3
            for _ in 0..<min(count, left) {
                left -= 1
                guard let size = bytes.uint16(at: offset, .big) else { break }
                if kind & 0x3F == Self.parameterSet,
                    let unit = bytes.slice(offset + 2, count: size), let sides = Self.sides(unit)
                {
                    largest = Self.larger(largest, sides)
                }
                offset += 2 + size
            }
        }
        guard let largest else { return nil }
        sides = largest
    }

    /// Takes into account what the picture's own bytes announce.
    ///
    /// - Parameters:
    ///   - bytes: Units, each after its length.
    ///   - configuration: The `hvcC` box, which says how long the lengths are.
    mutating func add(stream bytes: FileBytes, configuration: FileBytes) {
        let size = Int((configuration.byte(at: 21) ?? 3) & 3) + 1
        var offset = 0
        for _ in 0..<Self.mostUnits {
            guard let digits = bytes.slice(offset, count: size) else { return }
            let length = digits.array.reduce(0) { $0 << 8 | Int($1) }
            offset += size
            if let kind = bytes.byte(at: offset), kind >> 1 & 0x3F == Self.parameterSet,
                let unit = bytes.slice(offset, count: min(length, bytes.count - offset)),
                let found = Self.sides(unit)
            {
                sides = Self.larger(sides, found)
            }
            offset += length
        }
    }

    private static func larger(
        _ a: (width: Int, height: Int)?,
        _ b: (width: Int, height: Int)
    ) -> (width: Int, height: Int) {
        (max(a?.width ?? 0, b.width), max(a?.height ?? 0, b.height))
    }

    /// The sides in a sequence parameter set, which stand after what profiles and levels say.
    private static func sides(_ unit: FileBytes) -> (width: Int, height: Int)? {
        // Sides stand in the first few dozen bytes; a few layers need a few hundred.
        let head = unit.slice(0, count: min(unit.count, 512))?.array ?? []
        var reader = BitReader(withoutPadding(head.dropFirst(2)))
        guard reader.skip(4) != nil, let layers = reader.bits(3), reader.skip(1 + 96) != nil
        else { return nil }
        var further = 0
        if layers > 0 {
            for index in 0..<8 {
                guard let hasProfile = reader.flag(), let hasLevel = reader.flag() else {
                    return nil
                }
                if index < layers { further += (hasProfile ? 88 : 0) + (hasLevel ? 8 : 0) }
            }
        }
        guard reader.skip(further) != nil, reader.golomb() != nil, let chroma = reader.golomb(),
            reader.skip(chroma == 3 ? 1 : 0) != nil, let width = reader.golomb(),
            let height = reader.golomb()
        else { return nil }
        return (width, height)
    }

    /// The bytes without the 3 after two zeros, which keeps start codes out (7.3.1.1).
    private static func withoutPadding(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var zeros = 0
        for byte in bytes {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            result.append(byte)
        }
        return result
    }
}
