extension TextTarget {
    /// Whether texts of this kind are found by meaning, too: those in sentences, not lists of words.
    public var hasVectors: Bool {
        switch self {
        case .caption, .prompt, .ocr: true
        case .keywords, .name, .raw: false
        }
    }

    /// All texts that a catalog stores under this kind, as origins with their keys; `nil` for all keys.
    public var places: [(origin: TextOrigin, key: String?)] {
        switch self {
        case .caption:
            [
                (.photograph, "description"), (.sidecar, "caption"), (.imported, "caption"),
                (.user, "caption"), (.model, "caption"),
            ]
        case .prompt: [(.generation, "prompt"), (.sidecar, "prompt")]
        case .ocr: [(.ocr, nil)]
        case .keywords, .name, .raw: []
        }
    }
}
