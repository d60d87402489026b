import Foundation
import MekikiCore
import MekikiTensor

/// The sizes of a post-norm encoder of BERT's family (Devlin and others 2019): BERT, RoBERTa,
/// XLM-RoBERTa, and LUKE read without entities.
public struct BERTConfiguration: Sendable, Equatable {
    /// Elements of a token.
    public var width: Int

    /// Attention heads, which divide the width.
    public var heads: Int

    /// The number of layers.
    public var layers: Int

    /// Elements of each layer's hidden layer.
    public var hiddenWidth: Int

    /// The activation of each hidden layer.
    public var activation: Activation

    /// The epsilon of every layer norm.
    public var epsilon: Float

    /// The number of tokens that have an embedding.
    public var vocabularySize: Int

    /// The number of rows of the position table.
    public var maximumPositions: Int

    /// The number of token types that have an embedding; 0 where the checkpoint has none.
    public var tokenTypes: Int

    /// The position of a text's first token: 0 for BERT and for the rinna family, the padding's id
    /// plus one for RoBERTa as transformers runs it.
    public var positionOffset: Int

    /// The id of the padding token.
    ///
    /// RoBERTa gives such a token no position, wherever it stands.
    public var padding: Int32

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - width: Elements of a token.
    ///   - heads: Attention heads.
    ///   - layers: The number of layers.
    ///   - hiddenWidth: Elements of each layer's hidden layer.
    ///   - activation: The activation of each hidden layer.
    ///   - epsilon: The epsilon of every layer norm.
    ///   - vocabularySize: The number of tokens that have an embedding.
    ///   - maximumPositions: The number of rows of the position table.
    ///   - tokenTypes: The number of token types.
    ///   - positionOffset: The position of a text's first token.
    ///   - padding: The id of the padding token.
    public init(
        width: Int,
        heads: Int,
        layers: Int,
        hiddenWidth: Int,
        activation: Activation = .gelu,
        epsilon: Float,
        vocabularySize: Int,
        maximumPositions: Int,
        tokenTypes: Int,
        positionOffset: Int,
        padding: Int32
    ) {
        self.width = width
        self.heads = heads
        self.layers = layers
        self.hiddenWidth = hiddenWidth
        self.activation = activation
        self.epsilon = epsilon
        self.vocabularySize = vocabularySize
        self.maximumPositions = maximumPositions
        self.tokenTypes = tokenTypes
        self.positionOffset = positionOffset
        self.padding = padding
    }

    /// Reads a configuration.
    ///
    /// - Parameter data: A JSON object as `config.json` has it, or one of its sections.
    /// - Throws: `MekikiError` with code `badData` when its values make no model, `configuration`
    ///   when they ask for what is not supported.
    public init(json data: Data) throws {
        self = try BERTConfigurationFile.read(data).configuration()
    }

    /// The longest text in tokens, start and end included.
    public var longestText: Int { maximumPositions - positionOffset }
}
