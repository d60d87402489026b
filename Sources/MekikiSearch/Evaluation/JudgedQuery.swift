/// A query together with the images that answer it, as a person judged.
public struct JudgedQuery: Sendable, Equatable {
    /// The line of its file, 1 for the first.
    public var line: Int

    /// The words that are searched for.
    public var words: String

    /// The right images.
    public var images: [Judgment]

    /// The language, such as `ja`.
    public var language: String

    /// Whether the language was told by the words' script, because the line doesn't name one.
    public var isLanguageDetected: Bool

    /// The kind of query, in the words of whoever wrote the file.
    public var kind: String?

    /// A right image.
    public struct Judgment: Sendable, Equatable {
        /// The image.
        public var image: ImageReference

        /// How right it is: 1 where the file says nothing, greater for better.
        public var grade: Double
    }
}
