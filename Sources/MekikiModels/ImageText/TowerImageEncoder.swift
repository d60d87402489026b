import MekikiCore
import MekikiTensor
import Synchronization

/// A model's vision tower as an encoder of pictures.
///
/// The weights are loaded by the first picture. The pictures of a batch are divided among threads.
public final class TowerImageEncoder: ImageEncoder {
    /// The space that both encoders of the model share.
    public let space: VectorSpace

    /// What readers are asked for: pictures whose sides are no less than twice this.
    public let inputSide: Int

    private let tokens: Int
    private let preprocessor: ImagePreprocessor
    private let tower: LoadedOnce<any VisionTower>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    init(
        space: VectorSpace,
        description: any VisionTowerDescription,
        preprocessor: ImagePreprocessor,
        weights: Weights,
        computing element: ElementType,
        workers: WorkerThreads
    ) {
        self.space = space
        inputSide = preprocessor.inputSide
        tokens = description.grid.tokens
        self.preprocessor = preprocessor
        self.workers = workers
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce { team in
            let tower = try description.load(
                weights,
                dimension: space.dimension,
                computing: element,
                by: team
            )
            try SelfTest.run(tower: "vision", subject: weights.folder.path) {
                try workspaces.withElement {
                    try tower.encode(
                        description.grid.selfTestInputs,
                        // A few patches pass every weight; two whole pictures of a large model would
                        // take longer than its loading.
                        patches: 4,
                        in: $0,
                        by: team
                    )
                }
            }
            return tower
        }
    }

    /// Encodes pictures, in the order given.
    ///
    /// - Parameter pictures: Upright sRGB pictures of any size.
    /// - Returns: One unit vector a picture.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(_ pictures: [PixelBuffer]) async throws -> [Embedding] {
        try await load()
        let lengths = pictures.map { _ in tokens }
        return try await workers.mapBatch(pictures, lengths: lengths) { pictures, team in
            let prepared = self.prepare(pictures, by: team)
            return try self.run(prepared, by: team)
        }
    }

    /// Encodes pictures that are preprocessed already.
    ///
    /// - Parameter pictures: Each of shape `[3, side, side]` of the model's image size, normalised as
    ///   its preprocessor does; other counts are a programmer's mistake and trap.
    /// - Returns: One unit vector a picture.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(preprocessed pictures: [[Float]]) async throws -> [Embedding] {
        try await load()
        let lengths = pictures.map { _ in tokens }
        return try await workers.mapBatch(pictures, lengths: lengths) { try self.run($0, by: $1) }
    }

    /// Loads the tower with all threads, so that no batch is loaded for by one while others wait.
    private func load() async throws {
        guard !tower.isLoaded else { return }
        try await workers.runTogether { _ = try self.tower.get(by: $0) }
    }

    private func prepare(_ pictures: [PixelBuffer], by team: ThreadTeam) -> [[Float]] {
        let prepared = Mutex([[Float]](repeating: [], count: pictures.count))
        team.forEach(pictures.count) { index, _ in
            let picture = preprocessor.prepare(pictures[index])
            prepared.withLock { $0[index] = picture }
        }
        return prepared.withLock { $0 }
    }

    private func run(_ pictures: [[Float]], by team: ThreadTeam) throws -> [Embedding] {
        let tower = try tower.get(by: team)
        return try workspaces.withElement {
            try tower.encode(pictures, patches: .max, in: $0, by: team)
        }
    }
}
