/// The space that vectors of one model live in: only vectors of the same space can be compared.
public struct VectorSpace: Hashable, Sendable, Codable {
    /// The model's name, such as `starter` or `openai/clip-vit-base-patch32`.
    public var model: String

    /// A fingerprint of the model's files: other weights are another space.
    public var revision: String

    /// Components of each vector.
    public var dimension: Int

    /// What the vectors stand for.
    public var role: Role

    /// Creates a space.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - revision: A fingerprint of the model's files.
    ///   - dimension: Components of each vector.
    ///   - role: What the vectors stand for.
    public init(model: String, revision: String, dimension: Int, role: Role = .image) {
        self.model = model
        self.revision = revision
        self.dimension = dimension
        self.role = role
    }

    /// What the vectors of a space stand for; a library has one current space for each.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// Pictures, one vector each.
        case image
        /// Texts that belong to images, such as captions and prompts, one vector each.
        case text
    }
}

extension VectorSpace: CustomStringConvertible {
    /// The model and the revision, as commands take them.
    public var description: String { "\(model)@\(revision)" }
}
