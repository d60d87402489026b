/// The fields of EXIF that Mekiki reads: from a JPEG's, PNG's or WebP's EXIF block, or from a TIFF
/// file itself, which has the same structure.
struct ExifFields {
    /// EXIF's tags (EXIF 2.32, 4.6.4 and 4.6.5).
    private enum Tag {
        static let make = 0x010F
        static let model = 0x0110
        static let orientation = 0x0112
        static let dateTime = 0x0132
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
        make = main?.string(Tag.make)
        model = main?.string(Tag.model)
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
