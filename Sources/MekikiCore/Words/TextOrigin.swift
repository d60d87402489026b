/// Who wrote a text that belongs to an image; its raw value is what a catalog stores.
public enum TextOrigin: String, Sendable, Hashable, Codable, CaseIterable {
    /// The raw text chunks inside the image's file, each under its own key.
    case file
    /// What was understood of the chunks: `prompt`, `negative`, `workflow`.
    case generation
    /// The words of EXIF, XMP and IPTC: `title`, `description`, `keyword`, `creator`, `place`.
    case photograph
    /// A text file beside the image: `caption`, or `prompt` where it is a generator's.
    case sidecar
    /// A file of captions that was imported: `caption`.
    case imported
    /// What the user wrote: `caption`, `tag`. It stands before all others.
    case user
    /// What was read in the picture: `text`, its lines in reading order.
    case ocr
    /// What a vision-language model wrote: `caption`.
    case model
}
