import Foundation

/// What a model's own code does with a text before its tokenizer sees it.
enum TextCleaning: Sendable, Equatable {
    /// Nothing.
    case none
    /// What texts from web pages need, as OpenAI's and open_clip's code have it: characters that stand
    /// for others, HTML entities, runs of blanks. Of the library that they use, ftfy, this is the part
    /// that changes sound texts; text in a wrong encoding is not repaired.
    case web
    /// SigLIP's: no ASCII punctuation, no runs of blanks.
    case withoutPunctuation

    /// Cleans a text.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The cleaned text.
    func apply(to text: String) -> String {
        switch self {
        case .none: return text
        case .web:
            // Twice, because pages escape what is escaped already.
            let plain = HTMLEntities.decode(HTMLEntities.decode(Self.fixed(text)))
            return Self.joined(plain)
        case .withoutPunctuation:
            let symbols = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars)
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: text.unicodeScalars.filter { !symbols.contains($0) })
            return Self.joined(String(scalars))
        }
    }

    /// The words with one blank between them.
    private static func joined(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }
            .map { String(Substring($0)) }
            .joined(separator: " ")
    }

    /// Straight quotation marks, letters of usual width, no ligatures, no controls, composed.
    private static func fixed(_ text: String) -> String {
        var result = ""
        result.unicodeScalars.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0...0x7E where scalar.value >= 0x20 || scalar.properties.isWhitespace:
                result.unicodeScalars.append(scalar)
            // Controls, and marks of text direction that are long deprecated.
            case 0...0x1F, 0x7F, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFC: continue
            case 0x2BC, 0x2018...0x201B: result.append("'")
            case 0x201C...0x201F: result.append("\"")
            // Ligatures, the ideographic space, full-width letters and half-width kana.
            case 0x132, 0x133, 0x149, 0x1C4...0x1CC, 0x1F1...0x1F3, 0xFB00...0xFB06, 0x3000,
                0xFF01...0xFFEF:
                result.append(String(scalar).precomposedStringWithCompatibilityMapping)
            case 0x85, 0x2028, 0x2029: result.append("\n")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.precomposedStringWithCanonicalMapping
    }
}
