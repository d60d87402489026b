/// Text from files and file names, made safe to print.
///
/// A file name may hold escape sequences that move the cursor or change the terminal's title.
enum PrintableText {
    /// A text with control characters and direction overrides replaced by U+FFFD.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - keepingLines: Whether line breaks and tabs stay.
    /// - Returns: The text, safe to print.
    static func of(_ text: String, keepingLines: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where keepingLines && (scalar == "\n" || scalar == "\t"):
                result.append(scalar)
            case .control, .lineSeparator, .paragraphSeparator:
                result.append("\u{FFFD}")
            case .format
            where (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value):
                result.append("\u{FFFD}")
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }
}
