/// Takes tables out of a mapped cache file, in the order in which `CacheWriter` put them there.
struct CacheReader {
    /// The file doesn't hold what it should.
    struct Damage: Error {}

    private let file: CacheMapping
    private var position: Int

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - position: Where the first table stands, a multiple of eight.
    init(_ file: CacheMapping, from position: Int) {
        self.file = file
        self.position = position
    }

    /// The next table.
    mutating func table<Element>(
        of type: Element.Type = Element.self
    ) throws(Damage) -> Table<Element> {
        guard file.bytes.count - position >= 8 else { throw Damage() }
        let size = file.bytes.load(fromByteOffset: position, as: UInt64.self)
        let start = position + 8
        guard size <= UInt64(file.bytes.count - start),
            Int(size) % MemoryLayout<Element>.stride == 0
        else { throw Damage() }
        let end = start + Int(size)
        position = min(file.bytes.count, (end + 7) / 8 * 8)
        return Table(start..<end, of: file)
    }

    /// The next table's bytes as an array.
    mutating func bytes() throws(Damage) -> [UInt8] {
        try table(of: UInt8.self).withElements { Array($0) }
    }
}
