/// What the boxes of a HEIF file say about its pictures (ISO/IEC 23008-12), read without decoding:
/// items, their kinds, sides and references.
///
/// Everything is bounded by the file's own bytes and by `mostItems`.
struct HEIFItems {
    /// A reference of one item to others, such as a grid's to its tiles.
    struct Reference {
        /// Its four letters.
        var type: String
        /// Whose it is.
        var from: Int
        /// To which items, in order.
        var to: [Int]
    }

    /// The most items that a picture may be made of: 200 million pixels in tiles of 256 x 256.
    static let mostItems = 4096

    /// The item that is shown; `nil` where the file names none.
    private(set) var primary: Int?

    /// How many items the file claims to have.
    private(set) var claimedCount = 0

    /// The four letters of each item's kind, by its number.
    private(set) var kinds: [Int: String] = [:]

    /// The properties of each item, by its number.
    private(set) var properties: [Int: [ISOBoxes.Box]] = [:]

    /// References among items.
    private(set) var references: [Reference] = []

    /// Where each item's bytes stand in the file; absent for other kinds of storage.
    private(set) var extents: [Int: [Range<Int>]] = [:]

    /// Bytes within the `idat` box, which small items may lie in.
    private(set) var inlineData: FileBytes?
    private(set) var inlineExtents: [Int: [Range<Int>]] = [:]

    /// Reads the `meta` box of a file; nothing where there is none.
    init?(_ bytes: FileBytes) {
        guard let meta = ISOBoxes(bytes).first(where: { $0.type == "meta" }),
            let boxes = meta.boxes(after: 4)
        else { return nil }
        for box in boxes {
            switch box.type {
            case "pitm":
                let isShort = box.content.byte(at: 0) == 0
                primary = Self.number(box.content, at: 4, isShort: isShort)
            case "iinf": readKinds(box)
            case "iprp": readProperties(box)
            case "iref": readReferences(box)
            case "iloc": readExtents(box.content)
            case "idat": inlineData = box.content
            default: continue
            }
        }
    }

    /// Width and height of an item as its `ispe` gives them.
    func sides(of item: Int) -> (width: Int, height: Int)? {
        guard let box = properties[item]?.first(where: { $0.type == "ispe" }),
            let width = box.content.uint32(at: 4, .big),
            let height = box.content.uint32(at: 8, .big)
        else { return nil }
        return (width, height)
    }

    /// The pieces of an item's bytes, as far as the file has them; mostly it is one.
    ///
    /// A length of 0 means all that follows.
    func pieces(of item: Int, in bytes: FileBytes) -> [FileBytes] {
        func cut(_ range: Range<Int>, _ from: FileBytes) -> FileBytes? {
            let left = max(0, from.count - range.lowerBound)
            return from.slice(
                range.lowerBound,
                count: range.isEmpty ? left : min(range.count, left)
            )
        }
        return (extents[item] ?? []).compactMap { cut($0, bytes) }
            + (inlineExtents[item] ?? []).compactMap { range in
                inlineData.flatMap { cut(range, $0) }
            }
    }

    /// Whether every item's bytes are there.
    func areWhole(in bytes: FileBytes) -> Bool {
        extents.values.allSatisfy { $0.allSatisfy { $0.upperBound <= bytes.count } }
    }

    /// A number of 16 or 32 bits.
    private static func number(_ bytes: FileBytes, at offset: Int, isShort: Bool) -> Int? {
        isShort ? bytes.uint16(at: offset, .big) : bytes.uint32(at: offset, .big)
    }

    private mutating func readKinds(_ box: ISOBoxes.Box) {
        let isShort = box.content.byte(at: 0) == 0
        claimedCount = Self.number(box.content, at: 4, isShort: isShort) ?? 0
        guard let entries = box.boxes(after: isShort ? 6 : 8) else { return }
        for entry in entries.prefix(Self.mostItems + 1) where entry.type == "infe" {
            // Versions 2 and 3: number, protection, kind.
            guard let version = entry.content.byte(at: 0), version == 2 || version == 3,
                let id = Self.number(entry.content, at: 4, isShort: version == 2),
                let kind = entry.content.slice(version == 2 ? 8 : 10, count: 4)
            else { continue }
            kinds[id] = kind.text
        }
    }

    private mutating func readProperties(_ box: ISOBoxes.Box) {
        guard let boxes = box.boxes() else { return }
        var all: [ISOBoxes.Box] = []
        for inner in boxes {
            if inner.type == "ipco", let held = inner.boxes() {
                all = Array(held.prefix(4 * Self.mostItems))
            } else if inner.type == "ipma" {
                associate(inner.content, all)
            }
        }
    }

    /// Reads which item has which properties: numbered from 1, the highest bit saying that it has to
    /// be understood.
    private mutating func associate(_ bytes: FileBytes, _ all: [ISOBoxes.Box]) {
        let hasShortItems = bytes.byte(at: 0) == 0
        let hasWideIndices = (bytes.byte(at: 3) ?? 0) & 1 == 1
        var offset = 8
        for _ in 0..<min(Self.mostItems, bytes.uint32(at: 4, .big) ?? 0) {
            guard let item = Self.number(bytes, at: offset, isShort: hasShortItems) else { return }
            offset += hasShortItems ? 2 : 4
            guard let count = bytes.byte(at: offset) else { return }
            offset += 1
            for _ in 0..<count {
                let index =
                    hasWideIndices
                    ? (bytes.uint16(at: offset, .big) ?? 0) & 0x7FFF
                    : Int((bytes.byte(at: offset) ?? 0) & 0x7F)
                offset += hasWideIndices ? 2 : 1
                if (1...max(1, all.count)).contains(index), !all.isEmpty {
                    properties[item, default: []].append(all[index - 1])
                }
            }
        }
    }

    private mutating func readReferences(_ box: ISOBoxes.Box) {
        let isShort = box.content.byte(at: 0) == 0
        let size = isShort ? 2 : 4
        guard let entries = box.boxes(after: 4) else { return }
        for entry in entries.prefix(Self.mostItems) {
            guard let from = Self.number(entry.content, at: 0, isShort: isShort),
                let count = entry.content.uint16(at: size, .big)
            else { continue }
            let to = (0..<min(count, Self.mostItems + 1)).compactMap {
                Self.number(entry.content, at: size + 2 + size * $0, isShort: isShort)
            }
            references.append(Reference(type: entry.type, from: from, to: to))
        }
    }

    /// Reads where items lie (ISO/IEC 14496-12, 8.11.3): all numbers in widths that the box chooses.
    private mutating func readExtents(_ bytes: FileBytes) {
        guard let version = bytes.byte(at: 0), version <= 2, let widths = bytes.uint16(at: 4, .big)
        else { return }
        let offsetSize = widths >> 12
        let lengthSize = widths >> 8 & 15
        let baseSize = widths >> 4 & 15
        let indexSize = version > 0 ? widths & 15 : 0
        var cursor = Cursor(bytes: bytes, offset: 6)
        let count = cursor.take(version < 2 ? 2 : 4) ?? 0
        for _ in 0..<min(count, Self.mostItems + 1) {
            guard let item = cursor.take(version < 2 ? 2 : 4) else { return }
            let method = version > 0 ? (cursor.take(2) ?? 0) & 15 : 0
            _ = cursor.take(2)
            guard let base = cursor.take(baseSize), let pieces = cursor.take(2) else { return }
            for _ in 0..<pieces {
                _ = cursor.take(indexSize)
                guard let offset = cursor.take(offsetSize), let length = cursor.take(lengthSize)
                else { return }
                // Far below what a sum can overflow, and far above any file.
                let limit = 1 << 48
                guard base < limit, offset < limit, length < limit else { continue }
                let range = base + offset..<base + offset + length
                if method == 0 { extents[item, default: []].append(range) }
                if method == 1 { inlineExtents[item, default: []].append(range) }
            }
        }
    }

    /// Reads numbers of 0, 2, 4 or 8 bytes one after another.
    private struct Cursor {
        let bytes: FileBytes
        var offset: Int

        mutating func take(_ size: Int) -> Int? {
            defer { offset += size }
            switch size {
            case 0: return 0
            case 2: return bytes.uint16(at: offset, .big)
            case 4: return bytes.uint32(at: offset, .big)
            case 8:
                guard let high = bytes.uint32(at: offset, .big), high < 1 << 30,
                    let low = bytes.uint32(at: offset + 4, .big)
                else { return nil }
                return high << 32 | low
            default: return nil
            }
        }
    }
}
