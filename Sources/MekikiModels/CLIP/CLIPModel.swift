import MekikiCore
import MekikiTensor

/// A CLIP model in a folder: two encoders of one vector space.
///
/// Opening reads configurations and headers only. Each encoder loads its own tower when it is first
/// used, so that indexing never loads the text side, nor a text query the vision side.
public final class CLIPModel: Sendable {
    /// What config.json says.
    public let configuration: CLIPConfiguration

    /// The space that both encoders' vectors live in.
    public let space: VectorSpace

    /// What matrix products compute in.
    public let element: ElementType

    /// Encodes pictures.
    public let imageEncoder: CLIPImageEncoder

    /// Encodes texts.
    public let textEncoder: CLIPTextEncoder

    /// Opens a model.
    ///
    /// - Parameters:
    ///   - folder: The model's files.
    ///   - name: What the model is called in its vector space.
    ///   - precision: What matrix products shall compute in.
    ///   - workers: The threads that do all work.
    /// - Throws: `MekikiError` when a file is missing, damaged or of a kind that is not supported,
    ///   or when the processor lacks the precision.
    public init(
        folder: ModelFolder,
        name: String,
        precision: ComputePrecision = .automatic,
        workers: WorkerThreads
    ) throws {
        configuration = try CLIPConfiguration(contentsOf: folder.file("config.json"))
        element = try precision.resolved()
        let weights = try Weights(folder: folder.url)
        space = VectorSpace(
            model: name,
            revision: try folder.revision(),
            dimension: configuration.projectionDimension
        )
        let preprocessor = try ImagePreprocessor(folder: folder.url)
        let side = configuration.vision.imageSize
        guard preprocessor.outputWidth == side, preprocessor.outputHeight == side else {
            throw MekikiError(
                .badData,
                "The preprocessor makes pictures of \(preprocessor.outputWidth) x "
                    + "\(preprocessor.outputHeight) pixels; config.json needs \(side) x \(side). "
                    + "The files belong to different models: fetch them again.",
                subject: folder.url.path
            )
        }
        imageEncoder = CLIPImageEncoder(
            space: space,
            configuration: configuration,
            preprocessor: preprocessor,
            weights: weights,
            computing: element,
            workers: workers
        )
        textEncoder = CLIPTextEncoder(
            space: space,
            configuration: configuration,
            weights: weights,
            computing: element,
            workers: workers
        )
    }
}
