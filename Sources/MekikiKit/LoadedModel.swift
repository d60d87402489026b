import Foundation
import MekikiCore

/// A model whose files were found and understood; its towers load when they are first used.
public struct LoadedModel: Sendable {
    /// What makes vectors of pictures.
    public let imageEncoder: any ImageEncoder

    /// What makes vectors of words, in the same space.
    public let textEncoder: any TextEncoder

    /// What a person would want to know of it.
    public let summary: ModelSummary

    /// Splits a text into the ids that the text tower gets, start and end tokens included.
    public let tokenize: @Sendable (String) throws -> [Int32]
}

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
