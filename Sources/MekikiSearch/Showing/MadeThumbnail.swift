import Foundation

/// A thumbnail that was found or made.
public struct MadeThumbnail: Sendable, Equatable {
    /// A WebP file's bytes.
    public var data: Data

    /// Whether it has the size that was asked for; otherwise a smaller one stands in.
    public var isWhatWasAsked: Bool

    /// Creates a thumbnail.
    ///
    /// - Parameters:
    ///   - data: A WebP file's bytes.
    ///   - isWhatWasAsked: Whether it has the size that was asked for.
    public init(data: Data, isWhatWasAsked: Bool) {
        self.data = data
        self.isWhatWasAsked = isWhatWasAsked
    }
}
