import Foundation
import MekikiCore
import MekikiTensor

/// The sizes of a ModernBERT (Warner and others, "Smarter, Better, Faster, Longer", 2024).
public struct ModernBERTConfiguration: Sendable, Equatable {
    /// What a layer's tokens see.
    public enum Sight: Sendable, Equatable {
        /// The whole text.
        case global
        /// Tokens that are no further away than the window.
        case local
    }

    /// Elements of a token.
    public var width: Int
    /// Attention heads, which divide the width.
    public var heads: Int
    /// What the tokens of each layer see, from the first layer on.
    public var layers: [Sight]
    /// Elements of each layer's hidden layer, behind its gate.
    public var hiddenWidth: Int
    /// The activation in front of the gate.
    public var activation: GatedActivation
    /// The epsilon of every layer norm.
    public var epsilon: Float
    /// The number of tokens that have an embedding.
    public var vocabularySize: Int
    /// The longest text in tokens, start and end included.
    public var longestText: Int
    /// How far a local layer sees in either direction, half of `local_attention`; what is exactly so
    /// far away is seen.
    public var window: Int
    /// The base of the rotary wavelengths in global layers.
    public var globalTheta: Double
    /// The base of the rotary wavelengths in local layers.
    public var localTheta: Double
    /// Whether layer norms have a bias.
    public var normsHaveBias: Bool
    /// Whether the projections of the attention have a bias.
    public var attentionHasBias: Bool
    /// Whether the hidden layers have a bias.
    public var hiddenHasBias: Bool

    /// Reads a configuration.
    ///
    /// - Parameter data: The contents of a config.json.
    /// - Throws: `MekikiError` with code `badData` when its values make no model, `configuration`
    ///   when they ask for what is not supported.
    public init(json data: Data) throws {
        self = try ModernBERTConfigurationFile.read(data).configuration()
    }

    init(
        width: Int,
        heads: Int,
        layers: [Sight],
        hiddenWidth: Int,
        activation: GatedActivation,
        epsilon: Float,
        vocabularySize: Int,
        longestText: Int,
        window: Int,
        globalTheta: Double,
        localTheta: Double,
        normsHaveBias: Bool,
        attentionHasBias: Bool,
        hiddenHasBias: Bool
    ) {
        self.width = width
        self.heads = heads
        self.layers = layers
        self.hiddenWidth = hiddenWidth
        self.activation = activation
        self.epsilon = epsilon
        self.vocabularySize = vocabularySize
        self.longestText = longestText
        self.window = window
        self.globalTheta = globalTheta
        self.localTheta = localTheta
        self.normsHaveBias = normsHaveBias
        self.attentionHasBias = attentionHasBias
        self.hiddenHasBias = hiddenHasBias
    }
}
