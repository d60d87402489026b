/// The space that vectors of one model live in: only vectors of the same space can be compared.
public struct VectorSpace: Hashable, Sendable, Codable {
    /// The model's name, such as `starter` or `openai/clip-vit-base-patch32`.
    public var model: String

    /// A fingerprint of the model's files: other weights are another space.
    public var revision: String

    /// Components of each vector.
    public var dimension: Int

    /// Creates a space.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - revision: A fingerprint of the model's files.
    ///   - dimension: Components of each vector.
    public init(model: String, revision: String, dimension: Int) {
        self.model = model
        self.revision = revision
        self.dimension = dimension
    }
}
