/// Lays tables out for a cache file: each with its size in bytes before it, aligned to eight bytes.
struct CacheWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append<Element>(_ array: [Element]) where Element: BitwiseCopyable & Sendable {
        append(Table(array))
    }

    mutating func append<Element>(_ table: Table<Element>) {
        table.withElements { elements in
            let contents = UnsafeRawBufferPointer(elements)
            withUnsafeBytes(of: UInt64(contents.count)) { bytes += $0 }
            bytes += contents
        }
        while bytes.count % 8 != 0 { bytes.append(0) }
    }
}
