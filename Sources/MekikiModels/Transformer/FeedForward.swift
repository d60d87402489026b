import MekikiTensor

/// The second half of a transformer layer: a norm, a hidden layer, and back.
protocol FeedForward: Sendable {
    /// Adds the half's result to a residual stream.
    ///
    /// - Parameters:
    ///   - residual: The stream, `[rows, width]`.
    ///   - workspace: Holds what lies between.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when a product fails.
    func run(_ residual: Tensor, in workspace: TransformerWorkspace, by team: ThreadTeam) throws
}
