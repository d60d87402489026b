import MekikiCore
import MekikiTensor

/// A CLIP model's vision side as an encoder of pictures.
///
/// The weights are loaded by the first picture. The pictures of a batch are divided among threads.
public final class CLIPImageEncoder: ImageEncoder {
    /// The space that both encoders of the model share.
    public let space: VectorSpace

    /// What readers are asked for: pictures whose sides are no less than twice this.
    public let inputSide: Int

    /// Pictures that one thread works on at once: enough for full speed, few enough to divide.
    private static let chunk = 8

    private let preprocessor: ImagePreprocessor
    private let tower: LoadedOnce<CLIPVisionTower>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    init(
        space: VectorSpace,
        configuration: CLIPConfiguration,
        preprocessor: ImagePreprocessor,
        weights: Weights,
        computing element: ElementType,
        workers: WorkerThreads
    ) {
        self.space = space
        inputSide = preprocessor.inputSide
        self.preprocessor = preprocessor
        self.workers = workers
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce {
            let tower = try CLIPVisionTower(configuration, weights: weights, computing: element)
            try SelfTest.run(tower: "vision", subject: weights.folder.path) {
                try workspaces.withElement {
                    try tower.encode(
                        CLIPVisionTower.selfTestInputs(configuration.vision),
                        in: $0
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
        try await workers.mapChunks(pictures, largest: Self.chunk) { chunk in
            try self.run(chunk.map { self.preprocessor.prepare($0) })
        }
    }

    /// Encodes pictures that are preprocessed already.
    ///
    /// - Parameter pictures: Each of shape `[3, side, side]` of the model's image size, normalised as
    ///   its preprocessor does; other counts are a programmer's mistake and trap.
    /// - Returns: One unit vector a picture.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(preprocessed pictures: [[Float]]) async throws -> [Embedding] {
        try await workers.mapChunks(pictures, largest: Self.chunk) { try self.run($0) }
    }

    private func run(_ pictures: [[Float]]) throws -> [Embedding] {
        let tower = try tower.get()
        return try workspaces.withElement { try tower.encode(pictures, in: $0) }
    }
}
