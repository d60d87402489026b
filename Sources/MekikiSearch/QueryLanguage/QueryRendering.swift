/// Spells parts of a query so that they are read back as they are.
enum QueryRendering {
    /// A value of a key: in quotes only where it has to be.
    static func value(_ text: String) -> String {
        let isPlain = text.allSatisfy {
            switch $0.script {
            case .hiragana, .katakana, .kanji, .long, .digit, .letter: true
            default: $0 == "-" || $0 == "_" || $0 == "."
            }
        }
        return isPlain && !text.isEmpty && !text.contains("または") && !text.contains("あるいは")
            && !text.contains("又は") ? text : quoted(text)
    }

    /// In quotes, with those inside doubled.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            // A full-width quote counts as a quote.
            result.append(character == "＂" ? "\"" : character)
            if character == "\"" || character == "＂" { result.append("\"") }
        }
        return result + "\""
    }
}
