import Foundation
import MekikiCore

/// What follows the transformer of a text encoder, as its folder says; no weights yet.
struct TextStepsLayout {
    /// One step behind the pooling.
    enum Step: Equatable {
        case dense(DenseStep.Shape, folder: URL)
        case normalization
    }

    /// How tokens become one row; the mean where nothing is said.
    private(set) var pooling = TextPooling.mean
    private(set) var steps: [Step] = []
    /// Components of what comes out.
    private(set) var dimension: Int

    /// Reads the steps.
    ///
    /// - Parameters:
    ///   - folder: The model.
    ///   - width: Elements of a token.
    /// - Throws: `MekikiError` with code `configuration` for a step that is not supported.
    init(_ folder: TextModelFolder, width: Int) throws {
        dimension = width
        for module in folder.modules {
            switch module.kind {
            case "Pooling":
                let file: PoolingFile? = try FolderJSON.read("config.json", in: module.folder)
                do {
                    pooling = try file?.pooling() ?? .mean
                } catch var error as MekikiError {
                    error.subject = module.folder.path
                    throw error
                }
            case "Dense":
                let shape = try DenseStep.Shape(folder: module.folder)
                guard shape.inputs == dimension else {
                    throw MekikiError(
                        .badData,
                        "The dense layer takes \(shape.inputs) components and gets \(dimension). "
                            + "The files belong to different models: fetch them again.",
                        subject: module.folder.path
                    )
                }
                dimension = shape.outputs
                steps.append(.dense(shape, folder: module.folder))
            case "Normalize": steps.append(.normalization)
            case let kind:
                throw MekikiError(
                    .configuration,
                    "modules.json asks for '\(kind)', which is not supported. Supported: "
                        + "Transformer, Pooling, Dense, Normalize.",
                    subject: folder.url.path
                )
            }
        }
    }
}
