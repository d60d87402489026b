/// One directory of a TIFF structure, which EXIF uses too (TIFF 6.0, section 2; EXIF 2.32, 4.6).
///
/// Every offset comes from the file and is checked; a directory that isn't whole gives the entries
/// that are.
struct TIFFDirectory {
    /// A field as the directory lists it.
    private struct Entry {
        var type: Int
        var count: Int
        /// All bytes of the value.
        var size: Int
        /// Where the value stands: in the entry itself when it takes up to four bytes.
        var offset: Int
    }

    /// Text, one byte a character: TIFF's ASCII, and EXIF 3.0's UTF-8.
    private static let texts: Set<Int> = [2, 129]

    /// Bytes of a value by type.
    private static func size(of type: Int) -> Int? {
        switch type {
        // BYTE, ASCII, SBYTE, UNDEFINED, UTF-8.
        case 1, 2, 6, 7, 129: 1
        // SHORT, SSHORT.
        case 3, 8: 2
        // LONG, SLONG, FLOAT.
        case 4, 9, 11: 4
        // RATIONAL, SRATIONAL, DOUBLE.
        case 5, 10, 12: 8
        default: nil
        }
    }

    private let bytes: FileBytes
    private let order: FileBytes.Order
    private var entries: [Int: Entry] = [:]

    /// Reads the first directory of a TIFF structure.
    ///
    /// `nil` where its header is none. The 64-bit form is none either: EXIF never uses it.
    init?(header bytes: FileBytes) {
        let order: FileBytes.Order
        if bytes.starts(with: [0x49, 0x49, 42, 0]) {
            order = .little
        } else if bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
            order = .big
        } else {
            return nil
        }
        guard let offset = bytes.uint32(at: 4, order) else { return nil }
        self.init(bytes, order, at: offset)
    }

    private init(_ bytes: FileBytes, _ order: FileBytes.Order, at offset: Int) {
        self.bytes = bytes
        self.order = order
        for index in 0..<(bytes.uint16(at: offset, order) ?? 0) {
            let start = offset + 2 + 12 * index
            guard let tag = bytes.uint16(at: start, order),
                let type = bytes.uint16(at: start + 2, order),
                let count = bytes.uint32(at: start + 4, order),
                let value = bytes.uint32(at: start + 8, order)
            else { break }
            guard let unit = Self.size(of: type), entries[tag] == nil else { continue }
            let size = unit * count
            entries[tag] = Entry(
                type: type,
                count: count,
                size: size,
                offset: size <= 4 ? start + 8 : value
            )
        }
    }

    /// The directory that a field points to.
    func directory(at tag: Int) -> TIFFDirectory? {
        integer(tag).map { TIFFDirectory(bytes, order, at: $0) }
    }

    /// A field's raw bytes, or `nil` where it is absent or not whole.
    func value(_ tag: Int) -> FileBytes? {
        guard let entry = entries[tag] else { return nil }
        return bytes.slice(entry.offset, count: entry.size)
    }

    /// A field's first value of type BYTE, SHORT or LONG.
    func integer(_ tag: Int) -> Int? { integers(tag, atMost: 1)?.first }

    /// A field's values of type BYTE, SHORT or LONG.
    func integers(_ tag: Int, atMost limit: Int) -> [Int]? {
        guard let entry = entries[tag], let value = value(tag) else { return nil }
        let places = 0..<min(entry.count, limit)
        switch entry.type {
        case 1: return places.compactMap { value.byte(at: $0).map(Int.init) }
        case 3: return places.compactMap { value.uint16(at: 2 * $0, order) }
        case 4: return places.compactMap { value.uint32(at: 4 * $0, order) }
        default: return nil
        }
    }

    /// A field's values of type RATIONAL; one without a denominator ends them.
    func rationals(_ tag: Int, atMost limit: Int) -> [Double]? {
        guard let entry = entries[tag], entry.type == 5, let value = value(tag) else { return nil }
        var numbers: [Double] = []
        for place in 0..<min(entry.count, limit) {
            guard let above = value.uint32(at: 8 * place, order),
                let below = value.uint32(at: 8 * place + 4, order), below > 0
            else { break }
            numbers.append(Double(above) / Double(below))
        }
        return numbers
    }

    /// A field's text up to its first NUL, without the spaces around it; `nil` where nothing is
    /// left.
    func string(_ tag: Int) -> String? {
        guard let entry = entries[tag], Self.texts.contains(entry.type), let value = value(tag)
        else { return nil }
        let end = value.firstIndex(of: 0) ?? value.count
        let text = value.slice(0, count: end)?.text.trimmed ?? ""
        return text.isEmpty ? nil : text
    }
}
