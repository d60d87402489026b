/// The sizes in which images are shown, each at most so many pixels on its longer side.
///
/// A few fixed ones, so that each is made once and kept.
public enum ThumbnailSize: Int, Sendable, Hashable, Codable, CaseIterable {
    /// For narrow screens and small walls.
    case small = 256
    /// What indexing makes of every image.
    case medium = 512
    /// For dense screens.
    case large = 1024
    /// For looking at one image.
    case full = 2048

    /// The longer side in pixels.
    public var side: Int { rawValue }
}
