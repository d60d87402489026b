import MekikiCore

/// A vector space of a library as JSON, the same for the command line and the HTTP API.
public struct SpaceDocument: Encodable, Sendable {
    /// The model's name.
    public var model: String
    /// The fingerprint of its files.
    public var revision: String
    /// Components of each vector.
    public var dimension: Int
    /// What the vectors stand for.
    public var role: VectorSpace.Role
    /// Vectors in it.
    public var vectors: Int
    /// Images, or texts, that have no vector in it.
    public var lacking: Int
    /// Bytes of its vectors.
    public var bytes: Int
    /// Whether it answers.
    public var isCurrent: Bool
    /// Whether it is being filled to answer.
    public var isPending: Bool

    /// Describes a space.
    ///
    /// - Parameter status: The space.
    public init(_ status: SpaceStatus) {
        model = status.space.model
        revision = status.space.revision
        dimension = status.space.dimension
        role = status.space.role
        vectors = status.vectorCount
        lacking = status.lackingCount
        bytes = status.byteCount
        isCurrent = status.isCurrent
        isPending = status.isPending
    }
}
