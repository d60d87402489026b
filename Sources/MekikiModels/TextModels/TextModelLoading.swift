import Foundation
import MekikiCore
import MekikiTensor

/// How the towers of text models are made of their folders.
enum TextModelLoading {
    /// The sizes of either architecture.
    enum Shape {
        case bert(BERTConfiguration)
        case modernBERT(ModernBERTConfiguration)

        init(_ folder: TextModelFolder) throws {
            let data = try folder.configuration()
            do {
                self =
                    folder.modelType == TextModelFolder.modernBERT
                    ? .modernBERT(try ModernBERTConfiguration(json: data))
                    : .bert(try BERTConfiguration(json: data))
            } catch var error as MekikiError {
                error.subject = folder.transformer.appending(path: "config.json").path
                throw error
            }
        }

        var width: Int {
            switch self {
            case .bert(let configuration): configuration.width
            case .modernBERT(let configuration): configuration.width
            }
        }

        /// The longest text in tokens that the model has positions for.
        var longestText: Int {
            switch self {
            case .bert(let configuration): configuration.longestText
            case .modernBERT(let configuration): configuration.longestText
            }
        }

        /// Whether the model has embeddings of more than one token type.
        var hasTokenTypes: Bool {
            if case .bert(let configuration) = self { configuration.tokenTypes > 1 } else { false }
        }

        /// Two texts of nothing in particular.
        var selfTestInputs: [[Int32]] {
            switch self {
            case .bert(let configuration): BERTTower.selfTestInputs(configuration)
            case .modernBERT(let configuration): ModernBERTTower.selfTestInputs(configuration)
            }
        }

        /// Loads the tower.
        func tower(
            _ weights: Weights,
            pooling: BERTPooling,
            longestText: Int,
            computing element: ElementType,
            by team: ThreadTeam
        ) throws -> any TextTower {
            switch self {
            case .bert(let configuration):
                try BERTTower(
                    configuration,
                    prefix: BERTTower.prefix(in: weights),
                    weights: weights,
                    pooling: pooling,
                    computing: element,
                    by: team
                )
            case .modernBERT(let configuration):
                try ModernBERTTower(
                    configuration,
                    prefix: ModernBERTTower.prefix(in: weights),
                    weights: weights,
                    pooling: pooling == .mean ? .mean : .first,
                    longestText: longestText,
                    computing: element,
                    by: team
                )
            }
        }
    }

    /// No model in use reads more; tables for a damaged number would exhaust the memory.
    private static let mostTokens = 131_072

    /// The longest text in tokens: what was asked for, what the files say, what the model can.
    static func length(
        _ folder: TextModelFolder,
        _ shape: Shape,
        wanted: Int?
    ) throws -> Int {
        let longest = min(try folder.statedLength() ?? .max, shape.longestText, mostTokens)
        return max(8, min(wanted ?? longest, longest))
    }
}
