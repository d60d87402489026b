/// What a text is to a search: some models read the two differently.
public enum TextUse: String, Sendable, CaseIterable, Codable {
    /// What somebody asks for.
    case query
    /// What is found: a caption, a prompt, text in an image.
    case document
}
