/// The XMP packet of a GIF file, in an application's extension of its own (XMP part 3, 1.1.2).
struct GIFPacket {
    /// The packet; empty where there is none.
    let bytes: [UInt8]

    /// Looks for the packet, which is not divided into blocks.
    init(_ file: FileBytes) {
        let name = "XMP DataXMP"
        var offset = 0
        while let mark = file.firstIndex(of: 0x21, from: offset) {
            offset = mark + 1
            guard file.byte(at: mark + 1) == 0xFF, file.byte(at: mark + 2) == 11,
                file.has(name, at: mark + 3)
            else { continue }
            let start = mark + 3 + name.utf8.count
            // Behind it stands a trailer for readers of blocks, which begins with a byte that XML can't have.
            guard let end = file.firstIndex(of: 1, from: start) else { break }
            bytes = file.slice(start, count: end - start)?.array ?? []
            return
        }
        bytes = []
    }
}
