import MekikiCore
import MekikiTensor

/// A text tower that is known but not loaded.
protocol PairedTextTowerDescription: Sendable {
    /// The longest text in tokens, start and end included.
    var maximumLength: Int { get }

    /// The number of tokens that have an embedding.
    var vocabularySize: Int { get }

    /// Two texts of nothing in particular, to see whether weights tell them apart.
    var selfTestInputs: [[Int32]] { get }

    /// Loads the tower.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - dimension: Components of the vectors.
    ///   - element: What matrix products take.
    ///   - team: The threads that share the loading.
    /// - Returns: The tower.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func load(
        _ weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws -> any PairedTextTower
}

extension PairedTextTowerDescription {
    /// Checks that every id has an embedding.
    ///
    /// - Parameter ids: The ids of a text.
    /// - Throws: `MekikiError` with code `badData` when one has none.
    func check(_ ids: ArraySlice<Int32>) throws {
        for id in ids where !(0..<vocabularySize).contains(Int(id)) {
            throw MekikiError(
                .badData,
                "The tokenizer gave the token \(id), and the model knows \(vocabularySize). Their "
                    + "files belong to different models: fetch them again."
            )
        }
    }

    /// Checks that a text is not empty and not too long.
    ///
    /// - Parameter length: Its tokens.
    /// - Throws: `MekikiError` with code `badData` when it is.
    func check(length: Int) throws {
        guard length > 0 else {
            throw MekikiError(.badData, "A text without tokens has no vector.")
        }
        guard length <= maximumLength else {
            throw MekikiError(
                .badData,
                "A text of \(length) tokens is longer than this model's \(maximumLength)."
            )
        }
    }
}
