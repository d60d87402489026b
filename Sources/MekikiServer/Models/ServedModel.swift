import Logging
import MekikiKit

/// The model that answers a server's requests: the library's own, whichever that is by now.
///
/// When the library answers with another one, its towers and vectors are loaded first, and the present
/// one goes on until then: its vectors are still there. So no request waits for a change, and none
/// compares the words of one model with the vectors of another.
actor ServedModel {
    /// How often the library is asked which model it answers with.
    static let interval: Duration = .milliseconds(100)

    /// How long it takes until a model that can't be had is tried again.
    static let patience: Duration = .seconds(10)

    private let library: Library
    private let shelf: ModelShelf?
    private let logger: Logger
    private var served: LoadedModel
    private var askedAt: ContinuousClock.Instant?
    private var loading: Task<Void, Never>?
    private var words: (model: LoadedWordModel?, askedAt: ContinuousClock.Instant)?
    private var failure: (space: VectorSpace, at: ContinuousClock.Instant, sentence: String)?

    /// Serves a model.
    ///
    /// - Parameters:
    ///   - model: What answers first.
    ///   - library: Whose model it is.
    ///   - shelf: Where other models are found; `nil` to stay with this one.
    ///   - logger: Where it is written that a model can't be had.
    init(_ model: LoadedModel, of library: Library, following shelf: ModelShelf?, logger: Logger) {
        served = model.forManyAskers
        self.library = library
        self.shelf = shelf
        self.logger = logger
    }

    /// The model that answers now.
    func current() async -> LoadedModel {
        await lookForAnother()
        return served
    }

    /// Why the model that the library answers with doesn't answer here; `nil` when it does.
    var problem: String? { failure?.sentence }

    /// Answers a query.
    ///
    /// - Parameter query: What is searched for.
    /// - Returns: The page of hits.
    /// - Throws: What the library throws.
    func search(_ query: Query) async throws -> SearchResult {
        let model = await current()
        let result: Result<SearchResult, any Error>
        do {
            let words = await wordModel(beside: model)
                .flatMap { $0.isFit(for: query) ? $0.encoder : nil }
            result = .success(try await library.search(query, with: model, words: words))
        } catch let error as MekikiError where error.code == .noInput {
            result = .failure(error)
        }
        if case .success(let found) = result, Self.comparedPictures(found, query) { return found }
        // The vectors of a model that does not answer any more may have been removed just now.
        guard let other = await successor(of: model) else { return try result.get() }
        return try await library.search(query, with: other)
    }

    /// What compares words with the texts of images; `nil` while the library has no vectors of texts.
    private func wordModel(beside model: LoadedModel) async -> LoadedWordModel? {
        let now = ContinuousClock.now
        if let words, now - words.askedAt < Self.patience { return words.model }
        words = (words?.model, now)
        // A search without them finds less, and is better than none.
        guard (try? await library.hasWordVectors) == true,
            let found = try? await library.wordModel(beside: model)
        else { return words?.model }
        let known = words?.model.flatMap { $0.encoder.space == found.encoder.space ? $0 : nil }
        words = (known ?? found.forManyAskers, now)
        return words?.model
    }

    /// Whether pictures were found with the model, or nobody asked for any: words alone are found whatever
    /// became of it.
    private static func comparedPictures(_ result: SearchResult, _ query: Query) -> Bool {
        let asked =
            query.method != .text && [.all, .image].contains(query.target) && !query.terms.isEmpty
        guard asked else { return result.total > 0 }
        return result.hits.contains { $0.reasons.contains { $0.channel == .image } }
    }

    /// The model that took another's place; `nil` when none did.
    private func successor(of model: LoadedModel) async -> LoadedModel? {
        askedAt = nil
        await lookForAnother()
        await loading?.value
        return served.space == model.space ? nil : served
    }

    /// Begins to load another model where the library answers with one.
    private func lookForAnother() async {
        let now = ContinuousClock.now
        guard let shelf, loading == nil, askedAt.map({ now - $0 >= Self.interval }) ?? true else {
            return
        }
        askedAt = now
        // A library that can't be read now is told to whoever searches it.
        guard let chosen = try? await library.selection().current, loading == nil else { return }
        if chosen.space == served.space {
            failure = nil
            return
        }
        if let failure, failure.space == chosen.space, now - failure.at < Self.patience { return }
        loading = Task { await load(chosen, from: shelf) }
    }

    private func load(_ chosen: ChosenSpace, from shelf: ModelShelf) async {
        defer { loading = nil }
        do {
            let model = try await shelf.model(of: chosen).forManyAskers
            try await Self.warmUp(model, library)
            served = model
            failure = nil
            await shelf.keepOnly([model.space])
        } catch {
            let sentence = (error as? MekikiError)?.message ?? "The model can't be loaded."
            failure = (chosen.space, .now, sentence)
            logger.error(
                "The library's model can't answer",
                metadata: ["model": "\(chosen.space)", "error": "\(error)"]
            )
        }
    }

    /// Loads all that a query needs, so that nobody waits for it.
    private static func warmUp(_ model: LoadedModel, _ library: Library) async throws {
        let grey = PixelBuffer(width: 8, height: 8, bytes: .init(repeating: 128, count: 192))
        _ = try await model.imageEncoder.encode([grey])
        _ = try await library.search(Query(terms: [.init(.words("猫"))], limit: 1), with: model)
    }
}
