import Foundation

/// A PNG without its texts, for a decoder that would spend minutes or gigabytes on them.
///
/// libpng inflates up to a thousand texts of 8 MB each, twice, and reserves what a chunk claims to
/// have before it has seen a byte: a file of 50 KB cost 1.4 GB. The texts are read elsewhere
/// (`PNGTextChunks`), within bounds.
struct TextlessPNG {
    /// The file's bytes.
    let data: Data

    /// The most bytes that texts may inflate to before they are left out.
    private static let mostInflated = 64 * 1024 * 1024

    /// The most that a chunk may claim beyond the end of the file.
    private static let mostMissing = 1024 * 1024

    /// Takes the texts out; `nil` for a file whose texts are harmless.
    ///
    /// - Complexity: O(chunks), and a copy of the file where there is something to take out.
    init?(_ bytes: FileBytes) {
        var pieces: [Range<Int>] = []
        var inflated = 0
        var claimsTooMuch = false
        var offset = 8
        while let length = bytes.uint32(at: offset, .big),
            let type = bytes.slice(offset + 4, count: 4)?.text
        {
            let end = offset + 12 + length
            // A decoder takes the pixels' own chunks bit by bit, however long they claim to be.
            if type != "IDAT", end > bytes.count + Self.mostMissing {
                claimsTooMuch = true
                break
            }
            switch type {
            case "tEXt": break
            case "zTXt", "iTXt": inflated += min(8_000_000, length * 1032)
            default: pieces.append(offset..<min(end, bytes.count))
            }
            offset = min(end, bytes.count)
        }
        guard claimsTooMuch || inflated > Self.mostInflated else { return nil }
        var data = Data(bytes.slice(0, count: 8)?.array ?? [])
        for piece in pieces {
            data += bytes.slice(piece.lowerBound, count: piece.count)?.array ?? []
        }
        self.data = data
    }
}
