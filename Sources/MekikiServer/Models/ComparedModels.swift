import MekikiKit

/// Models that were asked for beside the one that answers; the last few stay loaded.
actor ComparedModels {
    /// How many stay.
    private static let most = 2

    private let shelf: ModelShelf
    private var models: [LoadedModel] = []

    /// Creates an empty collection.
    ///
    /// - Parameter shelf: Where models are found.
    init(_ shelf: ModelShelf) {
        self.shelf = shelf
    }

    /// The model of a space.
    ///
    /// - Parameters:
    ///   - chosen: The space.
    ///   - served: The model that answers, which may be the one.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when it can't be had.
    func model(of chosen: ChosenSpace, beside served: ServedModel) async throws -> LoadedModel {
        let current = await served.current()
        if current.space == chosen.space { return current }
        if let index = models.firstIndex(where: { $0.space == chosen.space }) {
            // Last used, last let go.
            models.append(models.remove(at: index))
            return models[models.count - 1]
        }
        let model = try await shelf.model(of: chosen).forManyAskers
        // Another request may have come first.
        if let known = models.first(where: { $0.space == chosen.space }) { return known }
        models.append(model)
        if models.count > Self.most { models.removeFirst() }
        await shelf.keepOnly(Set(models.map(\.space)).union([current.space]))
        return model
    }
}
