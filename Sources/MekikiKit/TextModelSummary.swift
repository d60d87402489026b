/// What a person would want to know of a text model.
public struct TextModelSummary: Sendable, Hashable, Codable {
    /// The model's name.
    public var name: String

    /// The folder that it lies in.
    public var folder: String

    /// The architecture, as `config.json` names it.
    public var architecture: String

    /// A fingerprint of its files.
    public var revision: String

    /// Components of its vectors; `nil` for a reranker.
    public var dimension: Int?

    /// The greatest number of tokens of a text, or of a reranker's pair.
    public var textLength: Int

    /// The weights' length in bytes.
    public var weightBytes: Int

    /// The number format that it computes in: `float32` or `bfloat16`.
    public var precision: String

    /// Describes a model.
    ///
    /// - Parameters:
    ///   - name: The model's name.
    ///   - folder: The folder that it lies in.
    ///   - architecture: The architecture.
    ///   - revision: A fingerprint of its files.
    ///   - dimension: Components of its vectors.
    ///   - textLength: The greatest number of tokens.
    ///   - weightBytes: The weights' length in bytes.
    ///   - precision: The number format that it computes in.
    package init(
        name: String,
        folder: String,
        architecture: String,
        revision: String,
        dimension: Int?,
        textLength: Int,
        weightBytes: Int,
        precision: String
    ) {
        self.name = name
        self.folder = folder
        self.architecture = architecture
        self.revision = revision
        self.dimension = dimension
        self.textLength = textLength
        self.weightBytes = weightBytes
        self.precision = precision
    }
}
