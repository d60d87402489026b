/// What a person would want to know of a model.
public struct ModelSummary: Sendable, Hashable, Codable {
    /// The model's name.
    public var name: String

    /// The folder that it lies in.
    public var folder: String

    /// The architecture, as `config.json` names it.
    public var architecture: String

    /// A fingerprint of its files.
    public var revision: String

    /// Components of its vectors.
    public var dimension: Int

    /// The sides of the square that pictures are resized to, in pixels.
    public var imageSide: Int

    /// The greatest number of tokens of a text, start and end included.
    public var textLength: Int

    /// The weights' length in bytes.
    public var weightBytes: Int

    /// The number format that it computes in: `float32` or `bfloat16`.
    public var precision: String

    /// Whether it is the starter model.
    public var isStarter: Bool
}
