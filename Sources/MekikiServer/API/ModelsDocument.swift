import MekikiKit

/// The models of a library, as JSON.
struct ModelsDocument: Encodable, Sendable {
    var models: [SpaceDocument]
    var answering: Name
    var filling: Filling?
    var problem: String?

    /// The model that this server answers with at this moment.
    struct Name: Encodable, Sendable {
        var model: String
        var revision: String
    }

    /// How far this server has come with a model that was requested.
    struct Filling: Encodable, Sendable {
        var model: String
        var revision: String
        var done: Int
        var total: Int
    }

    /// Describes models.
    ///
    /// - Parameters:
    ///   - spaces: The library's spaces.
    ///   - answering: The space that this server answers with.
    ///   - filling: How far this server has come with filling another.
    ///   - problem: Why the library's model doesn't answer here.
    init(
        spaces: [SpaceStatus],
        answering: VectorSpace,
        filling: BackgroundFilling.State?,
        problem: String?
    ) {
        models = spaces.map(SpaceDocument.init)
        self.answering = Name(model: answering.model, revision: answering.revision)
        if let filling, let space = filling.space {
            self.filling = Filling(
                model: space.model,
                revision: space.revision,
                done: filling.done,
                total: filling.total
            )
        }
        self.problem = problem ?? filling?.problem
    }
}
