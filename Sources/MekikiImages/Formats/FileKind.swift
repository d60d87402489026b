import MekikiCore

/// What a file is, told by its first bytes and never by its ending.
enum FileKind: Equatable {
    /// A picture that Mekiki decodes.
    case image(ImageFormat)

    /// Something that has a name, such as `a PDF document`, and isn't decoded.
    case other(String)

    /// Readable text.
    case text

    /// Nothing at all.
    case empty

    /// Bytes that nothing here knows.
    case unknown

    /// Looks at the first bytes.
    init(_ bytes: FileBytes) {
        if bytes.count == 0 {
            self = .empty
        } else if let name = Self.lookalike(bytes) {
            self = .other(name)
        } else if let format = Self.format(bytes) {
            self = .image(format)
        } else if let name = Self.foreign(bytes) {
            self = .other(name)
        } else {
            self = Self.isText(bytes) ? .text : .unknown
        }
    }

    /// The format, or an error that says what the file looks like instead.
    func requireImage() throws -> ImageFormat {
        let advice = "Mekiki reads JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF."
        switch self {
        case .image(let format):
            return format
        case .other(let name):
            throw MekikiError(
                .badData,
                "This is \(name), which is not supported yet. \(advice) Convert it first."
            )
        case .text:
            throw MekikiError(
                .badData,
                "This is a text file, not a picture, whatever its name says. \(advice)"
            )
        case .empty:
            throw MekikiError(
                .badData,
                "The file is empty. \(advice) Copy or download the picture again."
            )
        case .unknown:
            throw MekikiError(
                .badData,
                "This is not a picture of a kind that is known here. \(advice)"
            )
        }
    }

    private static func format(_ bytes: FileBytes) -> ImageFormat? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.has("RIFF") && bytes.has("WEBP", at: 8) { return .webp }
        if bytes.has("GIF87a") || bytes.has("GIF89a") { return .gif }
        // Version 42 is TIFF, 43 its 64-bit form.
        if bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x49, 0x49, 43, 0])
            || bytes.starts(with: [0x4D, 0x4D, 0, 42]) || bytes.starts(with: [0x4D, 0x4D, 0, 43])
        {
            return .tiff
        }
        return isoPicture(bytes)
    }

    /// ISO base media files with a still picture, which the brands tell from a film.
    ///
    /// HEIF's own brands say nothing about the codec; AVIF's stands among the others then.
    private static func isoPicture(_ bytes: FileBytes) -> ImageFormat? {
        guard bytes.has("ftyp", at: 4), let size = bytes.uint32(at: 0, .big) else { return nil }
        switch bytes.slice(8, count: 4)?.text {
        case "avif", "avis": return .avif
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs": return .heic
        case "mif1", "msf1", "mif2", "miaf":
            let others = stride(from: 16, to: min(size, 256, bytes.count), by: 4)
            return others.contains { bytes.has("avif", at: $0) || bytes.has("avis", at: $0) }
                ? .avif : .heic
        default: return nil
        }
    }

    /// Files that begin like a TIFF and hold undeveloped sensor values.
    private static func lookalike(_ bytes: FileBytes) -> String? {
        bytes.starts(with: [0x49, 0x49, 42, 0]) && bytes.has("CR", at: 8)
            ? "a camera's raw file" : nil
    }

    private static func foreign(_ bytes: FileBytes) -> String? {
        if bytes.has("ftyp", at: 4) { return isoMedia(bytes) }
        if bytes.has("%PDF-") { return "a PDF document" }
        if bytes.has("8BPS") { return "a Photoshop document" }
        if bytes.has("BM") && bytes.uint32(at: 6, .little) == 0 { return "a BMP picture" }
        if bytes.starts(with: [0, 0, 1, 0]) { return "an icon (ICO)" }
        if bytes.starts(with: [0xFF, 0x0A]) || bytes.has("JXL ", at: 4) {
            return "a JPEG XL picture"
        }
        if bytes.has("jP  ", at: 4) || bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
            return "a JPEG 2000 picture"
        }
        if bytes.starts(with: [0x76, 0x2F, 0x31, 0x01]) { return "an OpenEXR picture" }
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) { return "a ZIP archive" }
        if bytes.starts(with: [0x1F, 0x8B]) { return "a gzip archive" }
        return isSVG(bytes) ? "an SVG drawing" : nil
    }

    /// ISO base media files that are no pictures.
    private static func isoMedia(_ bytes: FileBytes) -> String {
        switch bytes.slice(8, count: 4)?.text {
        case "crx ": "a camera's raw file"
        default: "a film (MP4 or QuickTime)"
        }
    }

    private static func isSVG(_ bytes: FileBytes) -> Bool {
        guard let head = bytes.slice(0, count: min(bytes.count, 2048)), isText(head) else {
            return false
        }
        return head.text.contains("<svg")
    }

    /// Whether the first half kilobyte is made of printable characters and line ends.
    private static func isText(_ bytes: FileBytes) -> Bool {
        guard let head = bytes.slice(0, count: min(bytes.count, 512)) else { return false }
        return head.array.allSatisfy { $0 >= 0x20 && $0 != 0x7F || [9, 10, 12, 13].contains($0) }
            && (String(validating: head.array.prefix(500), as: UTF8.self) != nil
                || head.array.allSatisfy { $0 < 0x80 } || isCutUTF8(head.array))
    }

    /// Whether bytes are UTF-8 but for a last character cut in two.
    private static func isCutUTF8(_ bytes: [UInt8]) -> Bool {
        (0..<4).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}
