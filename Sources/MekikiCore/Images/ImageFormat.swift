/// The file formats that Mekiki decodes, told by a file's first bytes and never by its ending.
public enum ImageFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// JPEG (ISO/IEC 10918-1).
    case jpeg
    /// Portable Network Graphics.
    case png
    /// WebP.
    case webp
    /// Graphics Interchange Format; the first frame counts.
    case gif
    /// Tagged Image File Format; the first page counts.
    case tiff
    /// High Efficiency Image File Format, as phones write it (ISO/IEC 23008-12, HEVC).
    case heic
    /// AV1 Image File Format.
    case avif

    /// The file-name endings under which a folder is searched for images, in lower case.
    public static let fileExtensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "tif", "tiff", "heic", "heif",
        "hif", "avif",
    ]
}
