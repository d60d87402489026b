import MekikiCore

extension ImageFormat {
    /// The format's name in a sentence.
    var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        case .gif: "GIF"
        case .tiff: "TIFF"
        case .heic: "HEIC"
        case .avif: "AVIF"
        }
    }

    /// Whether a file's own structure says that its end is missing.
    ///
    /// Asked after decoding failed: libvips' words about a failure can't be told apart from
    /// those about another thread's file.
    func endsTooEarly(_ bytes: FileBytes) -> Bool {
        switch self {
        case .jpeg:
            return !JPEGOutline(bytes).isComplete
        case .png:
            return !PNGChunks(bytes).contains { $0.type == "IEND" }
        case .webp:
            return bytes.uint32(at: 4, .little).map { $0 + 8 > bytes.count } ?? true
        case .gif:
            // The trailer, possibly followed by padding.
            let tail = bytes.dropping(max(0, bytes.count - 64))?.array ?? []
            return tail.last { $0 != 0 } != 0x3B
        case .tiff:
            return Self.missesStrips(bytes)
        case .heic, .avif:
            // The list of items comes first, and the pictures' own bytes last.
            guard let items = HEIFItems(bytes), items.areWhole(in: bytes) else { return true }
            return ISOBoxes(bytes).contains { !$0.isWhole }
        }
    }

    /// Whether the format is HEIF's container, of which a library beside libvips decodes the parts.
    var isHEIF: Bool { self == .heic || self == .avif }

    /// Whether a TIFF's directory, or a strip or tile that it lists, lies past the end.
    private static func missesStrips(_ bytes: FileBytes) -> Bool {
        guard let directory = TIFFDirectory(header: bytes), directory.integer(256) != nil else {
            return true
        }
        // StripOffsets and StripByteCounts, TileOffsets and TileByteCounts.
        for (offsets, counts) in [(273, 279), (324, 325)] {
            guard let starts = directory.integers(offsets, atMost: 100_000),
                let lengths = directory.integers(counts, atMost: 100_000)
            else { continue }
            if zip(starts, lengths).contains(where: { $0 + $1 > bytes.count }) { return true }
        }
        return false
    }
}
