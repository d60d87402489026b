import MekikiCore
import MekikiTensor

/// Reads the parts of transformer layers by the names of their checkpoint's family.
struct LayerLoader: Sendable {
    /// Which of a layer's three projections.
    enum Projection: Int {
        case query, key, value
    }

    let weights: Weights
    let description: TransformerDescription
    let computation: Computation

    private var shape: TransformerShape { description.shape }
    private var names: LayerNames { description.names }

    /// A layer norm.
    ///
    /// - Parameters:
    ///   - name: Its name within the layer.
    ///   - prefix: What the layer's names begin with, ending in a dot.
    ///   - width: Elements of a row; the transformer's own when `nil`.
    /// - Returns: The norm.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func norm(_ name: String, of prefix: String, width: Int? = nil) throws -> LayerNorm {
        try weights.layerNorm(
            prefix + name,
            width: width ?? shape.width,
            epsilon: shape.epsilon
        )
    }

    /// Projections of the attention as one product.
    ///
    /// - Parameters:
    ///   - projections: Which, neighbours in the order query, key, value; their outputs stand side by
    ///     side.
    ///   - prefix: What the layer's names begin with, ending in a dot.
    /// - Returns: A layer from `[rows, width]` to `[rows, projections.count * width]`.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func projection(_ projections: [Projection], of prefix: String) throws -> Linear {
        let width = shape.width
        switch names.projections {
        case .apart(let query, let key, let value):
            let names = [query, key, value]
            return try weights.linear(
                projections.map { prefix + names[$0.rawValue] },
                inputs: width,
                outputs: width,
                missingBiasesAreZero: self.names.projectionsMayLackBias,
                computing: computation,
                output: computation.element
            )
        case .stacked(let name):
            let first = (projections.first ?? .query).rawValue * width
            let rows = first..<first + projections.count * width
            let matrix = try weights.matrix([prefix + name + "weight"], shape: [3 * width, width])
            let bias = try weights.floats(prefix + name + "bias", shape: [3 * width])
            return try Linear(
                weights: matrix.rows(rows),
                bias: Array(bias[rows]),
                computing: computation.element,
                output: computation.element,
                memory: computation.memory
            )
        }
    }

    /// The projection of what attention gives.
    ///
    /// - Parameters:
    ///   - prefix: What the layer's names begin with, ending in a dot.
    ///   - accumulates: Whether it adds to the residual stream.
    /// - Returns: A layer from `[rows, width]` to `[rows, width]` of float32.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func attentionOutput(of prefix: String, accumulates: Bool = true) throws -> Linear {
        try weights.linear(
            [prefix + names.attentionOutput],
            inputs: shape.width,
            outputs: shape.width,
            computing: computation,
            accumulates: accumulates
        )
    }

    /// The second half of a layer.
    ///
    /// - Parameter prefix: What the layer's names begin with, ending in a dot.
    /// - Returns: A plain or a gated one, as the names say.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func feedForward(of prefix: String) throws -> any FeedForward {
        try names.gate == nil
            ? PlainFeedForward(names, prefix, loader: self)
            : GatedFeedForward(names, prefix, loader: self)
    }

    /// Any linear layer between the transformer's width and its hidden width.
    func linear(
        _ layers: [String],
        of prefix: String,
        widens: Bool,
        output: ElementType = .float32,
        activation: Activation = .identity
    ) throws -> Linear {
        try weights.linear(
            layers.map { prefix + $0 },
            inputs: widens ? shape.width : shape.hiddenWidth,
            outputs: widens ? shape.hiddenWidth : shape.width,
            computing: computation,
            output: output,
            activation: activation,
            accumulates: !widens
        )
    }

    /// The activation of the hidden layer.
    var activation: Activation { shape.activation }

    /// Elements of the hidden layer.
    var hiddenWidth: Int { shape.hiddenWidth }
}
