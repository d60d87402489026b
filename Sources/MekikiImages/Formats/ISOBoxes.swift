/// The boxes of an ISO base media file in order (ISO/IEC 14496-12, 4.2), of the file itself or of
/// what another box holds.
struct ISOBoxes: Sequence, IteratorProtocol {
    /// One box.
    struct Box {
        /// The four letters of its type.
        var type: String
        /// What it holds, as far as the file goes.
        var content: FileBytes
        /// Whether all of it is there.
        var isWhole: Bool

        /// The boxes in it, after so many bytes, such as the version of a full box.
        func boxes(after head: Int = 0) -> ISOBoxes? { content.dropping(head).map { ISOBoxes($0) } }
    }

    private let bytes: FileBytes
    private var offset = 0

    /// Starts at the first byte.
    init(_ bytes: FileBytes) {
        self.bytes = bytes
    }

    /// The next box; nothing where none can begin.
    mutating func next() -> Box? {
        guard let size = bytes.uint32(at: offset, .big),
            let type = bytes.slice(offset + 4, count: 4)?.text,
            let box = extent(size)
        else { return nil }
        let left = bytes.count - offset
        let end = Swift.min(box.size, left)
        let content = bytes.slice(offset + box.head, count: end - box.head)
        offset += end
        return content.map { Box(type: type, content: $0, isWhole: box.size <= left) }
    }

    /// The length of the box at the offset and of its head: 0 means to the end, 1 a number of 64 bits.
    private func extent(_ size: Int) -> (size: Int, head: Int)? {
        switch size {
        case 0: return bytes.count - offset >= 8 ? (bytes.count - offset, 8) : nil
        case 1:
            guard let high = bytes.uint32(at: offset + 8, .big), high < 1 << 30,
                let low = bytes.uint32(at: offset + 12, .big), high << 32 | low >= 16
            else { return nil }
            return (high << 32 | low, 16)
        default: return size >= 8 ? (size, 8) : nil
        }
    }
}
