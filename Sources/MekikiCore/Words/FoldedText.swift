import Foundation

/// Texts as they are compared: apart from case, width and composition.
public enum FoldedText {
    /// Folds a text: Unicode's compatibility composition (NFKC), then lower case.
    ///
    /// - Parameter text: A text.
    /// - Returns: What it is compared by.
    public static func of(_ text: String) -> String {
        // Most texts are ASCII: nothing to compose.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Twice, because Foundation leaves a mark that it has just made apart from its letter.
        return text.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCanonicalMapping
    }
}
