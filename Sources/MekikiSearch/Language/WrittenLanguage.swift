/// The language that a text's script speaks for.
///
/// A script tells Japanese from English, and no more than that: French counts as English, and a few
/// kanji without kana as Japanese.
public enum WrittenLanguage: String, Sendable, CaseIterable {
    /// Kana or kanji.
    case japanese = "ja"
    /// Hangul.
    case korean = "ko"
    /// Latin letters, or none at all.
    case english = "en"
    /// Letters of another script.
    case other

    /// Looks at a text's letters; of several scripts, the one of most letters counts, and any kana
    /// makes a text Japanese.
    ///
    /// - Parameter text: Any text.
    public init(of text: String) {
        var counts: [WrittenLanguage: Int] = [:]
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            switch scalar.value {
            // Hiragana and katakana, with their half-width forms.
            case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F:
                self = .japanese
                return
            // 々 and 〆, then the unified ideographs with their extensions.
            case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
                0x20000...0x3FFFF:
                counts[.japanese, default: 0] += 1
            case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: counts[.korean, default: 0] += 1
            // Latin letters up to their extensions, and the full-width ones.
            case 0..<0x250, 0x1E00...0x1EFF, 0xFF21...0xFF5A: counts[.english, default: 0] += 1
            default: counts[.other, default: 0] += 1
            }
        }
        // In the order of the cases where counts are equal.
        self = .english
        for language in Self.allCases where counts[language, default: 0] > counts[self, default: 0]
        {
            self = language
        }
    }
}
