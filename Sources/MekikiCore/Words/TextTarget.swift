/// The kinds of words that can be searched apart from each other.
public enum TextTarget: String, Sendable, Hashable, Codable, CaseIterable {
    /// What somebody or a model wrote about the picture.
    case caption
    /// What the picture was generated from.
    case prompt
    /// What stands in the picture.
    case ocr
    /// Titles, keywords, tags and the other words of photographs.
    case keywords
    /// Names of files and folders.
    case name
    /// All other texts of the file, as they came.
    case raw

    /// The kind of a stored text.
    ///
    /// - Parameters:
    ///   - origin: Who wrote the text.
    ///   - key: What the text is.
    /// - Returns: The kind that finds the text; negative prompts are found as `raw`, because
    ///   they say what is not in the picture.
    public static func of(_ origin: TextOrigin, key: String) -> TextTarget {
        switch (origin, key) {
        case (.file, _): .raw
        case (.generation, "prompt"): .prompt
        case (.generation, _): .raw
        case (.photograph, "description"): .caption
        case (.photograph, _): .keywords
        case (.sidecar, "prompt"): .prompt
        case (.sidecar, "caption"), (.imported, "caption"), (.user, "caption"), (.model, "caption"):
            .caption
        case (.sidecar, _): .raw
        case (.imported, _), (.user, _), (.model, _): .keywords
        case (.ocr, _): .ocr
        }
    }
}
