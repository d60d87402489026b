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
