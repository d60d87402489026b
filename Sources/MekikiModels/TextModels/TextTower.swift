import MekikiTensor

/// An encoder from token ids to one row a text.
protocol TextTower: Sendable {
    /// Elements of a text's row.
    var width: Int { get }

    /// The longest text in tokens, start and end included.
    var longestText: Int { get }

    /// Encodes tokenized texts.
    ///
    /// - Parameters:
    ///   - texts: The ids of one or more texts, start and end included, without padding.
    ///   - types: The type of each token; 0 where there are none.
    ///   - workspace: Nobody else's during the call.
    ///   - team: The threads that share the work, the calling one their leader.
    /// - Returns: Rows of float32, shape `[texts, width]`, in the workspace's memory.
    /// - Throws: `MekikiError` with code `badData` when the ids do not fit the model.
    func encode(
        _ texts: [[Int32]],
        types: [[Int32]]?,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws -> TensorSlice
}
