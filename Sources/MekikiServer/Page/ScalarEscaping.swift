import Mustache

/// Escapes text for HTML, scalar by scalar.
///
/// The template library's own escaping goes by `Character`: to it, a `<` with a combining mark on it,
/// or behind a prepended one, is another character and stays as it is. A browser sees the `<`.
struct ScalarEscaping: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "SCALARS"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;".unicodeScalars
            case ">": escaped += "&gt;".unicodeScalars
            case "&": escaped += "&amp;".unicodeScalars
            case "\"": escaped += "&quot;".unicodeScalars
            case "'": escaped += "&#39;".unicodeScalars
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
