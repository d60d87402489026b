import MekikiTensor

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
