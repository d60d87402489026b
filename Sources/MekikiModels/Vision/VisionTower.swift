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

/// A vision tower that is known but not loaded.
protocol VisionTowerDescription: Sendable {
    /// How a picture becomes tokens.
    var grid: PatchGrid { get }

    /// Loads the tower.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - dimension: Components of the vectors.
    ///   - element: What matrix products take.
    ///   - team: The threads that share the loading.
    /// - Returns: The tower.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func load(
        _ weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws -> any VisionTower
}

extension PatchGrid {
    /// Two pictures of nothing in particular, to see whether weights tell them apart.
    var selfTestInputs: [[Float]] {
        let half = max(1, patchSize / 2)
        var ramp: [Float] = []
        var board: [Float] = []
        for channel in 0..<3 {
            for row in 0..<imageSize {
                for column in 0..<imageSize {
                    ramp.append(Float(column + channel * row) / Float(imageSize) - 1)
                    board.append((row / half + column / half).isMultiple(of: 2) ? 1.5 : -1.5)
                }
            }
        }
        return [ramp, board]
    }
}
