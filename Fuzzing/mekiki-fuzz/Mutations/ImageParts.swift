/// Where the parts of a picture file lie: PNG's and RIFF's chunks, JPEG's segments, ISO media's
/// boxes, TIFF's fields.
struct ImageParts {
    /// A part: all of it, and the number that says how long it is.
    struct Part {
        var range: Range<Int>
        var length: Range<Int>
        var isLittleEndian = false
    }

    /// Whether checksums have to be made anew after a change.
    private(set) var isPNG = false

    /// The parts in file order, outer boxes before what they hold.
    private(set) var parts: [Part] = []

    private let bytes: [UInt8]

    /// Finds the parts.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            isPNG = true
            chunks(from: 8, isLittleEndian: false, lengthAt: 0, extra: 12)
        } else if has("RIFF", at: 0) {
            chunks(from: 12, isLittleEndian: true, lengthAt: 4, extra: 8)
        } else if has("ftyp", at: 4) {
            boxes(in: 0..<bytes.count, depth: 0)
        } else if bytes.starts(with: [0xFF, 0xD8]) {
            segments()
        } else if has("II", at: 0) || has("MM", at: 0) {
            fields(isLittleEndian: has("II", at: 0))
        }
    }

    private func has(_ text: String, at offset: Int) -> Bool {
        bytes.count >= offset + text.utf8.count
            && bytes[offset..<offset + text.utf8.count].elementsEqual(text.utf8)
    }

    private func number(_ range: Range<Int>, isLittleEndian: Bool = false) -> Int {
        guard range.upperBound <= bytes.count else { return 0 }
        let digits = isLittleEndian ? Array(bytes[range].reversed()) : Array(bytes[range])
        return digits.reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func chunks(from start: Int, isLittleEndian: Bool, lengthAt: Int, extra: Int) {
        var offset = start
        while offset + 8 <= bytes.count, parts.count < 500 {
            let field = offset + lengthAt..<offset + lengthAt + 4
            var count = number(field, isLittleEndian: isLittleEndian)
            if isLittleEndian { count += count % 2 }
            let end = min(bytes.count, offset + count + extra)
            parts.append(Part(range: offset..<end, length: field, isLittleEndian: isLittleEndian))
            offset = end
        }
    }

    private mutating func boxes(in range: Range<Int>, depth: Int) {
        var offset = range.lowerBound
        while offset + 8 <= range.upperBound, parts.count < 500 {
            let count = number(offset..<offset + 4)
            let end = count < 8 ? range.upperBound : min(range.upperBound, offset + count)
            parts.append(Part(range: offset..<end, length: offset..<offset + 4))
            // Full boxes have a version before what they hold, iinf a count as well.
            let holders = [("meta", 12), ("iprp", 8), ("ipco", 8), ("iinf", 14), ("iref", 12)]
            for (name, head) in holders where has(name, at: offset + 4) && depth < 4 {
                boxes(in: min(end, offset + head)..<end, depth: depth + 1)
            }
            offset = end
        }
    }

    private mutating func segments() {
        var offset = 2
        while offset + 4 <= bytes.count, bytes[offset] == 0xFF, parts.count < 500 {
            let end = min(bytes.count, offset + 2 + number(offset + 2..<offset + 4))
            parts.append(Part(range: offset..<end, length: offset + 2..<offset + 4))
            if bytes[offset + 1] == 0xDA {
                parts.append(Part(range: end..<bytes.count, length: end..<end))
                return
            }
            offset = end
        }
    }

    private mutating func fields(isLittleEndian: Bool) {
        let start = number(4..<8, isLittleEndian: isLittleEndian)
        guard start + 2 <= bytes.count else { return }
        let count = number(start..<start + 2, isLittleEndian: isLittleEndian)
        for index in 0..<min(count, 200) {
            let field = start + 2 + 12 * index
            guard field + 12 <= bytes.count else { return }
            let length = field + (index % 2 == 0 ? 4 : 8)
            parts.append(
                Part(
                    range: field..<field + 12,
                    length: length..<length + 4,
                    isLittleEndian: isLittleEndian
                )
            )
        }
    }
}
