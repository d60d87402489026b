/// A thing that a picture may show, and the words that say so to a model.
public struct Label: Sendable, Hashable {
    /// What is printed and stored.
    public var name: String

    /// Names of the thing that go into prompt templates.
    public var nouns: [String]

    /// Whole prompts, which the model gets as they are.
    public var prompts: [String]

    /// Creates a label.
    ///
    /// - Parameters:
    ///   - name: What is printed and stored.
    ///   - nouns: Names of the thing for the templates.
    ///   - prompts: Whole prompts.
    public init(_ name: String, nouns: [String], prompts: [String] = []) {
        self.name = name
        self.nouns = nouns
        self.prompts = prompts
    }

    /// Creates a label that is its own name.
    ///
    /// - Parameter name: The name.
    public init(_ name: String) {
        self.init(name, nouns: [name])
    }
}
