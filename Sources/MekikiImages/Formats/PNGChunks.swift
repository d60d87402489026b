/// The chunks of a PNG file in order (PNG specification, section 5), without their checksums
/// being verified: a text whose sum is wrong is still the text.
struct PNGChunks: Sequence, IteratorProtocol {
    /// One chunk.
    struct Chunk {
        /// The four letters of its type.
        var type: String
        /// Its content.
        var content: FileBytes
    }

    private let bytes: FileBytes
    private var offset = 8

    /// Starts after the signature.
    init(_ bytes: FileBytes) {
        self.bytes = bytes
    }

    /// The next chunk that is whole; nothing after `IEND` or where the file is cut off.
    mutating func next() -> Chunk? {
        guard let length = bytes.uint32(at: offset, .big),
            let type = bytes.slice(offset + 4, count: 4)?.text,
            let content = bytes.slice(offset + 8, count: length)
        else { return nil }
        offset = type == "IEND" ? bytes.count : offset + 12 + length
        return Chunk(type: type, content: content)
    }
}
