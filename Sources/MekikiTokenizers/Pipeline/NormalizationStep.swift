import Foundation

/// One step of preparing text before it is split into words.
///
/// Texts are arrays of scalars here: Swift's characters are grapheme clusters and compare
/// canonically, and the libraries that trained the vocabularies look at scalars.
enum NormalizationStep: Sendable {
    /// Normalization form C.
    case composed
    /// Every run of blanks becomes the given text.
    case blanksReplaced([Unicode.Scalar])
    /// Lower case scalar by scalar, as Rust's `char::to_lowercase`: no final sigma.
    case lowercased

    func apply(to text: inout [Unicode.Scalar]) {
        switch self {
        case .composed: Self.compose(&text)
        case .blanksReplaced(let replacement): Self.replaceBlanks(in: &text, with: replacement)
        case .lowercased: Self.lowercase(&text)
        }
    }

    private static func compose(_ text: inout [Unicode.Scalar]) {
        // Nothing below U+0300 composes or is composed differently.
        guard text.contains(where: { $0.value >= 0x300 }) else { return }
        var string = String.UnicodeScalarView()
        string.append(contentsOf: text)
        text = Array(String(string).precomposedStringWithCanonicalMapping.unicodeScalars)
    }

    private static func replaceBlanks(
        in text: inout [Unicode.Scalar],
        with replacement: [Unicode.Scalar]
    ) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        var isWithinRun = false
        for scalar in text {
            let isBlank = ScalarClass(scalar) == .space
            if !isBlank {
                result.append(scalar)
            } else if !isWithinRun {
                result.append(contentsOf: replacement)
            }
            isWithinRun = isBlank
        }
        text = result
    }

    private static func lowercase(_ text: inout [Unicode.Scalar]) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        for scalar in text {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            case 0...0x7F: result.append(scalar)
            default: result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        text = result
    }
}
