/// A vector space that was chosen for a library, with the place where its model was found.
public struct ChosenSpace: Hashable, Sendable, Codable {
    /// The space.
    public var space: VectorSpace

    /// The absolute path of the model's folder when it was last used; `nil` where that is not known.
    public var folder: String?

    /// Creates a choice.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - folder: The absolute path of the model's folder.
    public init(space: VectorSpace, folder: String? = nil) {
        self.space = space
        self.folder = folder
    }
}
