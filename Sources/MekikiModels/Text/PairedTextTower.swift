import MekikiCore
import MekikiTensor

/// The side of an image-text model that reads texts, with its weights loaded.
protocol PairedTextTower: Sendable {
    /// Encodes tokenized texts.
    ///
    /// - Parameters:
    ///   - texts: The ids of one or more texts, start and end included.
    ///   - workspace: Nobody else's during the call.
    ///   - team: The threads that share the work, the calling one their leader.
    /// - Returns: One vector a text.
    /// - Throws: `MekikiError` with code `badData` when the ids do not fit the model.
    func encode(
        _ texts: [[Int32]],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws -> [Embedding]
}
