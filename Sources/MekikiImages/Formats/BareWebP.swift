import Foundation

/// The simple form of a WebP file: nothing but the picture's own chunk.
///
/// libvips 8.14 adds an EXIF block of its own to every WebP, whatever it is told, and that makes
/// the file an extended one: 200 bytes more in each of a million thumbnails.
struct BareWebP {
    /// The file's bytes.
    let data: Data

    /// Takes the picture's chunk out of a WebP file; `nil` where there is none.
    init?(_ bytes: FileBytes) {
        var offset = 12
        while let size = bytes.uint32(at: offset + 4, .little) {
            // Chunks stand at even places (RFC 9649, 2.3).
            let padded = 8 + size + size % 2
            if bytes.has("VP8 ", at: offset) || bytes.has("VP8L", at: offset) {
                guard let chunk = bytes.slice(offset, count: padded) else { return nil }
                let count = UInt32(4 + padded)
                let length = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) }
                data = Data("RIFF".utf8) + length + Data("WEBP".utf8) + chunk.array
                return
            }
            offset += padded
        }
        return nil
    }
}
