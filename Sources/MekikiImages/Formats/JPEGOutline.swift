/// What a JPEG's markers say without decoding: how many scans it has, how coarse its colours are,
/// and whether it ends.
///
/// ITU-T T.81, annex B: markers are 0xFF and a byte that isn't 0; within entropy-coded data a 0xFF
/// is followed by 0 or by a restart marker.
struct JPEGOutline {
    /// Scans begun: 1 or a few, about ten in a progressive file.
    private(set) var scans = 0

    /// Whether the end-of-image marker was met.
    private(set) var isComplete = false

    /// Whether colours are stored coarser along one axis than along the other, as cameras' 4:2:2 is.
    private(set) var hasUnevenChroma = false

    /// Walks over the markers.
    ///
    /// - Complexity: O(n) in the file's bytes, most of them skipped by a vectorised search.
    init(_ bytes: FileBytes) {
        var offset = 2
        while let mark = bytes.firstIndex(of: 0xFF, from: offset),
            let code = bytes.byte(at: mark + 1)
        {
            switch code {
            case 0xFF:
                offset = mark + 1
            case 0x00, 0x01, 0xD0...0xD8:
                offset = mark + 2
            case 0xD9:
                isComplete = true
                return
            default:
                if code == 0xDA { scans += 1 }
                guard let length = bytes.uint16(at: mark + 2, .big) else { return }
                if Self.frames.contains(code) { readFrame(bytes, at: mark + 2) }
                offset = mark + 2 + max(2, length)
            }
        }
    }

    /// The frame headers: 0xC0 to 0xCF without the tables' DHT, JPG and DAC.
    private static let frames = Set<UInt8>(0xC0...0xCF).subtracting([0xC4, 0xC8, 0xCC])

    /// Reads a frame header's sampling factors: length 2, precision 1, sides 2 + 2, count 1, then
    /// per component its name, factors and table.
    private mutating func readFrame(_ bytes: FileBytes, at offset: Int) {
        let count = Int(bytes.byte(at: offset + 7) ?? 0)
        let factors = (0..<count).compactMap { bytes.byte(at: offset + 9 + 3 * $0) }
        let across = factors.map { Int($0 >> 4) }
        let down = factors.map { Int($0 & 15) }
        guard let widest = across.max(), let tallest = down.max() else { return }
        hasUnevenChroma = zip(across, down).contains { widest * $1 != tallest * $0 }
    }
}
