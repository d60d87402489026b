/// The chunks of a WebP file in order (RFC 9649, 2.3).
struct RIFFChunks: Sequence, IteratorProtocol {
    /// One chunk.
    struct Chunk {
        /// The four letters of its type.
        var type: String
        /// Its content.
        var content: FileBytes
    }

    private let bytes: FileBytes
    private var offset = 12

    /// Starts after the file's head.
    init(_ bytes: FileBytes) {
        self.bytes = bytes
    }

    /// The next chunk that is whole.
    mutating func next() -> Chunk? {
        guard let type = bytes.slice(offset, count: 4)?.text,
            let length = bytes.uint32(at: offset + 4, .little),
            let content = bytes.slice(offset + 8, count: length)
        else { return nil }
        // Odd ones are padded.
        offset += 8 + length + length % 2
        return Chunk(type: type, content: content)
    }
}
