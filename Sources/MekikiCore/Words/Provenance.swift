/// What a file declares about where its picture comes from; nobody has checked a signature.
public struct Provenance: Hashable, Sendable, Codable {
    /// Where the declaration stands: `c2pa` or `xmp`.
    public var source: String

    /// Whether the picture, or a part of it, is declared as made by a model.
    public var isGenerated: Bool

    /// Whether the picture is declared as edited.
    public var isEdited: Bool

    /// The program that is named, such as `ChatGPT`.
    public var generator: String?

    /// Creates a declaration.
    ///
    /// - Parameters:
    ///   - source: Where it stands.
    ///   - isGenerated: Whether the picture is declared as made by a model.
    ///   - isEdited: Whether the picture is declared as edited.
    ///   - generator: The program that is named.
    public init(source: String, isGenerated: Bool, isEdited: Bool, generator: String?) {
        self.source = source
        self.isGenerated = isGenerated
        self.isEdited = isEdited
        self.generator = generator
    }
}
