import MekikiCore
import MekikiTensor

/// A model of pictures and texts in a folder: two encoders of one vector space.
///
/// Opening reads configurations and headers only. Each encoder loads its own tower when it is first
/// used, so that indexing never loads the text side, nor a text query the vision side.
public final class ImageTextModel: Sendable {
    /// The space that both encoders' vectors live in.
    public let space: VectorSpace

    /// What matrix products compute in.
    public let element: ElementType

    /// What turns cosines into probabilities, as the checkpoint was trained.
    public let scoring: Scoring

    /// The side of the pictures that the vision tower reads, in pixels.
    public let imageSize: Int

    /// The number of tokens that have an embedding.
    public let vocabularySize: Int

    /// Encodes pictures.
    public let imageEncoder: TowerImageEncoder

    /// Encodes texts.
    public let textEncoder: TowerTextEncoder

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
        element = try precision.resolved()
        let weights = try Weights(folder: folder.url)
        let description = try folder.describe(weights)
        scoring = description.scoring
        space = VectorSpace(
            model: name,
            revision: try folder.revision(),
            dimension: description.dimension
        )
        let side = description.vision.grid.imageSize
        imageSize = side
        vocabularySize = description.text.vocabularySize
        guard let preprocessor = ImagePreprocessor(description.preprocessing) else {
            throw MekikiError(
                .configuration,
                "The fields 'size' and 'do_center_crop' leave the results' size to each picture, "
                    + "which this version doesn't support. Choose another model, or update Mekiki.",
                subject: folder.url.path
            )
        }
        guard preprocessor.outputWidth == side, preprocessor.outputHeight == side else {
            throw MekikiError(
                .badData,
                "The preprocessor makes pictures of \(preprocessor.outputWidth) x "
                    + "\(preprocessor.outputHeight) pixels; the model needs \(side) x \(side). "
                    + "The files belong to different models: fetch them again.",
                subject: folder.url.path
            )
        }
        imageEncoder = TowerImageEncoder(
            space: space,
            description: description.vision,
            preprocessor: preprocessor,
            weights: weights,
            computing: element,
            workers: workers
        )
        textEncoder = TowerTextEncoder(
            space: space,
            description: description.text,
            tokenization: description.tokenization,
            weights: weights,
            computing: element,
            workers: workers
        )
    }
}
