import MekikiTensor

/// The buffers of one pass at a time through a transformer, kept from pass to pass.
final class TransformerWorkspace {
    /// The residual stream, `[tokens, width]`.
    ///
    /// It stays float32 in either precision: rounding it in every layer would add up.
    let residual = Tensor(.float32)
    /// The pooled tokens' residual stream, `[sequences, width]`.
    let pooled = Tensor(.float32)

    /// Normalised tokens, `[tokens, width]`.
    let normalized: Tensor
    /// Queries, keys and values side by side, `[tokens, 3 * width]`; in the last layer keys and
    /// values only.
    let projected: Tensor
    /// What attention gives, `[tokens, width]`.
    let context: Tensor
    /// The perceptron's hidden layer, `[tokens, hiddenWidth]`.
    let hidden: Tensor
    /// Rows on their way into a norm or a gate, which float32 serves best.
    let floats = Tensor(.float32)
    /// A gated hidden layer before its norm, `[tokens, hiddenWidth]`.
    let gatedFloats = Tensor(.float32)
    /// The hidden layer behind its gate, `[tokens, hiddenWidth]`.
    let gated: Tensor
    /// Normalised pooled tokens, `[sequences, width]`.
    let pooledNormalized: Tensor
    /// The pooled tokens' queries, `[sequences, width]`.
    let pooledQuery: Tensor
    /// Attention's own memory, one for each thread.
    private var scratch: [Tensor] = []
    /// What goes into the first layer of a tower: unfolded patches.
    let input: Tensor
    /// The projection into the shared space, `[sequences, dimension]`.
    let output = Tensor(.float32)

    /// Makes empty buffers.
    ///
    /// - Parameter element: What matrix products take.
    init(_ element: ElementType) {
        normalized = Tensor(element)
        projected = Tensor(element)
        context = Tensor(element)
        hidden = Tensor(element)
        gated = Tensor(element)
        pooledNormalized = Tensor(element)
        pooledQuery = Tensor(element)
        input = Tensor(element)
    }

    /// Attention's own memory.
    ///
    /// - Parameter team: The threads that work at once.
    /// - Returns: A tensor for each of them.
    func scratch(for team: ThreadTeam) -> [Tensor] {
        while scratch.count < team.size { scratch.append(Tensor(.float32)) }
        return scratch
    }
}
