import MekikiCore

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

    /// What turns its cosines into probabilities.
    public var scoring: Scoring

    /// Whether it is the starter model.
    public var isStarter: Bool

    /// Describes a model.
    ///
    /// - Parameters:
    ///   - name: The model's name.
    ///   - folder: The folder that it lies in.
    ///   - architecture: The architecture.
    ///   - revision: A fingerprint of its files.
    ///   - dimension: Components of its vectors.
    ///   - imageSide: The sides that pictures are resized to.
    ///   - textLength: The greatest number of tokens.
    ///   - weightBytes: The weights' length in bytes.
    ///   - precision: The number format that it computes in.
    ///   - scoring: What turns its cosines into probabilities.
    ///   - isStarter: Whether it is the starter model.
    package init(
        name: String,
        folder: String,
        architecture: String,
        revision: String,
        dimension: Int,
        imageSide: Int,
        textLength: Int,
        weightBytes: Int,
        precision: String,
        scoring: Scoring = .softmax(scale: 100),
        isStarter: Bool
    ) {
        self.name = name
        self.folder = folder
        self.architecture = architecture
        self.revision = revision
        self.dimension = dimension
        self.imageSide = imageSide
        self.textLength = textLength
        self.weightBytes = weightBytes
        self.precision = precision
        self.scoring = scoring
        self.isStarter = isStarter
    }
}
