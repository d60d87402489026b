import MekikiCore
import MekikiTensor

/// The side of an image-text model that reads pictures, with its weights loaded.
protocol VisionTower: Sendable {
    /// Encodes preprocessed pictures.
    ///
    /// - Parameters:
    ///   - pictures: Each of shape `[3, imageSize, imageSize]`, one or more.
    ///   - patches: How many of each picture's patches are looked at, from the first; a part of them
    ///     gives other vectors, which are good for a test.
    ///   - workspace: Nobody else's during the call.
    ///   - team: The threads that share the work, the calling one their leader.
    /// - Returns: One vector a picture.
    /// - Throws: `MekikiError` when a product fails or a vector has no direction.
    func encode(
        _ pictures: [[Float]],
        patches: Int,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws -> [Embedding]
}
