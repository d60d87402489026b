import Foundation
import MekikiCore
import MekikiSearch

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

    /// Puts roles together to a model.
    ///
    /// - Parameters:
    ///   - imageEncoder: What makes vectors of pictures.
    ///   - textEncoder: What makes vectors of words, in the same space.
    ///   - summary: What a person would want to know of it.
    ///   - tokenize: Splits a text into ids.
    package init(
        imageEncoder: any ImageEncoder,
        textEncoder: any TextEncoder,
        summary: ModelSummary,
        tokenize: @escaping @Sendable (String) throws -> [Int32]
    ) {
        self.imageEncoder = imageEncoder
        self.textEncoder = textEncoder
        self.summary = summary
        self.tokenize = tokenize
    }

    /// The same model for many askers at once: texts that arrive together are encoded together.
    public var forManyAskers: LoadedModel {
        LoadedModel(
            imageEncoder: imageEncoder,
            textEncoder: BatchingTextEncoder(textEncoder),
            summary: summary,
            tokenize: tokenize
        )
    }
}
