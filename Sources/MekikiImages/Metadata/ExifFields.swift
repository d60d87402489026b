import MekikiCore

/// The fields of EXIF that Mekiki reads: from a JPEG's, PNG's or WebP's EXIF block, or from a TIFF
/// file itself, which has the same structure.
struct ExifFields {
    /// EXIF's tags (EXIF 2.32, 4.6.4 and 4.6.5).
    private enum Tag {
        static let make = 0x010F
        static let model = 0x0110
        static let orientation = 0x0112
        static let description = 0x010E
        static let dateTime = 0x0132
        static let rating = 0x4746
        static let userComment = 0x9286
        static let software = 0x0131
        static let artist = 0x013B
        static let makerNote = 0x927C
        static let windowsTitle = 0x9C9B
        static let windowsComment = 0x9C9C
        static let windowsAuthor = 0x9C9D
        static let windowsKeywords = 0x9C9E
        static let windowsSubject = 0x9C9F
        static let placeDirectory = 0x8825
        static let lens = 0xA434
        static let extraSamples = 0x0152
        static let exifDirectory = 0x8769
        static let dateTimeOriginal = 0x9003
        static let dateTimeDigitized = 0x9004
    }

    /// How the stored picture is to be turned, 1 to 8; 1 where the file says nothing sensible.
    let orientation: Int

    /// When the picture was taken: `2024-06-30T18:05:09`, from the first field that holds a date.
    let takenAt: String?

    /// The camera's maker.
    let make: String?

    /// The camera's model.
    let model: String?

    /// The lens.
    let lens: String?

    /// The stars, 1 to 5.
    let rating: Int?

    /// Where the picture was taken.
    let place: GPSPlace?

    /// Title, description, keywords and creator.
    let words: [ImageMetadata.TextChunk]

    /// Texts of generators: the comment, and what stands in place of the camera.
    let texts: [ImageMetadata.TextChunk]

    /// Whether a TIFF says of its first extra band that it is nothing known, rather than opacity.
    let firstExtraBandIsUnspecified: Bool

    /// Reads a block with or without the `Exif` that precedes it in a JPEG.
    ///
    /// Anything else has no fields. Nothing of the block is kept.
    init(_ bytes: FileBytes?) {
        // Some writers of WebP keep JPEG's prefix.
        let body = bytes.flatMap { $0.has("Exif\0\0") ? $0.dropping(6) : $0 }
        let main = body.flatMap { TIFFDirectory(header: $0) }
        let exif = main?.directory(at: Tag.exifDirectory)
        let turn = main?.integer(Tag.orientation) ?? 1
        orientation = (1...8).contains(turn) ? turn : 1
        var texts: [ImageMetadata.TextChunk] = []
        // ComfyUI writes its graphs to WebP files so.
        func camera(_ tag: Int) -> String? {
            guard let text = main?.string(tag) else { return nil }
            for key in ["prompt", "workflow"] where text.hasPrefix(key + ":{") {
                texts.append(.init(key: key, text: String(text.dropFirst(key.count + 1))))
                return nil
            }
            return text
        }
        make = camera(Tag.make)
        model = camera(Tag.model)
        // Some generators put it into the main directory.
        let comment = exif?.value(Tag.userComment) ?? main?.value(Tag.userComment)
        if let text = comment.flatMap({ UserComment.text($0.array) }) {
            texts.append(.init(key: UserComment.key, text: text))
        }
        // Fooocus names its scheme in the field of camera makers, whose own notes are no text.
        let note = exif?.value(Tag.makerNote) ?? main?.value(Tag.makerNote)
        if let note, note.count <= 32,
            note.array.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0 })
        {
            let scheme = note.text.trimmed
            if ["fooocus", "a1111"].contains(scheme) {
                texts.append(.init(key: "fooocus_scheme", text: scheme))
            }
        }
        if let software = main?.string(Tag.software) {
            texts.append(.init(key: "Software", text: software))
        }
        self.texts = texts
        place = GPSPlace(main?.directory(at: Tag.placeDirectory))
        lens = exif?.string(Tag.lens)
        rating = main?.integer(Tag.rating).flatMap { (1...5).contains($0) ? $0 : nil }
        var words: [ImageMetadata.TextChunk] = []
        func windows(_ tag: Int) -> String? {
            main?.value(tag).flatMap { UserComment.utf16LittleEndian($0.array) }
        }
        if let title = windows(Tag.windowsTitle) { words.append(.init(key: "title", text: title)) }
        if let text = main?.string(Tag.description) {
            words.append(.init(key: "description", text: text))
        }
        for tag in [Tag.windowsSubject, Tag.windowsComment] {
            if let text = windows(tag) { words.append(.init(key: "description", text: text)) }
        }
        if let artist = main?.string(Tag.artist) {
            words.append(.init(key: "creator", text: artist))
        }
        if let author = windows(Tag.windowsAuthor) {
            words.append(.init(key: "creator", text: author))
        }
        for keyword in windows(Tag.windowsKeywords)?.split(separator: ";") ?? [] {
            let text = String(keyword).trimmingSpace
            if !text.isEmpty { words.append(.init(key: "keyword", text: text)) }
        }
        self.words = words
        firstExtraBandIsUnspecified = main?.integer(Tag.extraSamples) == 0
        // Some writers put all fields into the main directory.
        let dates = [
            exif?.string(Tag.dateTimeOriginal), main?.string(Tag.dateTimeOriginal),
            exif?.string(Tag.dateTimeDigitized), main?.string(Tag.dateTimeDigitized),
            main?.string(Tag.dateTime),
        ]
        takenAt = dates.lazy.compactMap { $0.flatMap { ExifDate($0)?.description } }.first
    }
}
