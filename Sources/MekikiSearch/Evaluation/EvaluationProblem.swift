/// Something in a file of queries that could not be used.
public struct EvaluationProblem: Sendable, Hashable {
    /// The line, 1 for the first.
    public var line: Int

    /// The image that is meant; `nil` when it is the whole line.
    public var image: String?

    /// What is wrong and what to do, in whole sentences.
    public var reason: String

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - image: The image that is meant.
    ///   - reason: What is wrong and what to do.
    public init(line: Int, image: String? = nil, reason: String) {
        self.line = line
        self.image = image
        self.reason = reason
    }
}
