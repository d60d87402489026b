import MekikiCore

/// Keeps between runs what relevance is judged by: vectors of words, of one model, and what they found in one
/// library.
///
/// All of it can be made again, so what can't be kept or read is no error.
public protocol RelevanceStore: Sendable {
    /// The vectors of the words of a version.
    ///
    /// - Parameters:
    ///   - space: The model's space.
    ///   - version: The version of the words.
    /// - Returns: What was kept; `nil` where nothing was.
    func vectors(of space: VectorSpace, _ version: String) -> [Embedding]?

    /// Keeps the vectors of the words of a version.
    ///
    /// - Parameters:
    ///   - vectors: Unit vectors of the space.
    ///   - space: The model's space.
    ///   - version: The version of the words.
    func keep(_ vectors: [Embedding], of space: VectorSpace, _ version: String)

    /// What the words found in the library.
    ///
    /// - Parameters:
    ///   - channel: The channel that was asked.
    ///   - space: The model's space.
    ///   - version: The version of the words.
    /// - Returns: What was kept; `nil` where nothing was.
    func finding(
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    ) -> RelevanceFinding?

    /// Keeps what the words found in the library.
    ///
    /// - Parameters:
    ///   - finding: What they found.
    ///   - channel: The channel that was asked.
    ///   - space: The model's space.
    ///   - version: The version of the words.
    func keep(
        _ finding: RelevanceFinding,
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    )
}
