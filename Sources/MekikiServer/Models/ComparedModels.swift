import MekikiKit

/// Models that were asked for beside the one that answers; the last few stay loaded.
actor ComparedModels {
    /// How many stay.
    private static let most = 2

    private let library: Library
    private let shelf: ModelShelf
    private var models: [LoadedModel] = []

    /// Creates an empty collection.
    ///
    /// - Parameters:
    ///   - library: Whose images are searched.
    ///   - shelf: Where models are found.
    init(_ library: Library, _ shelf: ModelShelf) {
        self.library = library
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
        // The one that is going to answer has its image tower loaded, for the filling.
        let pending = try await library.selection().pending?.space
        await shelf.keepOnly(
            Set(models.map(\.space) + [current.space, pending].compactMap(\.self))
        )
        return model
    }
}
