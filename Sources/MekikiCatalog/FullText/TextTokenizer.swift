import Foundation

/// Divides texts into tokens, the same way for what is indexed and what is asked.
///
/// Scripts that are written without spaces (Japanese, Chinese, Korean, Thai …) become overlapping pairs of
/// characters, with the last character alone behind them: 三毛猫 is 三毛, 毛猫, 猫. So every word of two or
/// more characters is found wherever it stands, and one character as the beginning of a token. All else
/// becomes words, numbers whole. Width, case, accents of Latin letters and the two kana don't count.
enum TextTokenizer {
    /// One scalar of the folded text with the scalars of the original that it comes from.
    private struct Unit {
        var scalar: Unicode.Scalar
        var range: Range<Int>
        var kind: Kind
    }

    private enum Kind {
        /// A script without spaces.
        case unspaced
        /// A part of a word or number.
        case word
        /// A token of its own, such as an emoji.
        case symbol
        /// What separates.
        case separator
    }

    /// The tokens of a text, in their order.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The tokens; positions count up by one from each to the next.
    /// - Complexity: O(n).
    static func tokens(of text: String) -> [TextToken] {
        let units = units(of: text)
        var tokens: [TextToken] = []
        var start = 0
        while start < units.count {
            let kind = units[start].kind
            var end = start + 1
            switch kind {
            case .separator: break
            case .symbol: tokens.append(token(units[start..<end], isUnspaced: false))
            case .word:
                while end < units.count, units[end].kind == .word { end += 1 }
                tokens.append(token(units[start..<end], isUnspaced: false))
            case .unspaced:
                while end < units.count, units[end].kind == .unspaced { end += 1 }
                for index in start..<end - 1 {
                    tokens.append(token(units[index...index + 1], isUnspaced: true))
                }
                tokens.append(token(units[end - 1..<end], isUnspaced: true, endsRun: true))
            }
            start = end
        }
        return tokens
    }

    /// The runs of scripts without spaces, folded.
    ///
    /// - Parameter tokens: The tokens of a text.
    /// - Returns: The runs in their order.
    static func runs(in tokens: [TextToken]) -> [String] {
        var runs: [String] = []
        var run = ""
        for token in tokens where token.isUnspaced {
            run.unicodeScalars.append(contentsOf: token.text.unicodeScalars.prefix(1))
            guard token.endsRun else { continue }
            runs.append(run)
            run = ""
        }
        return runs
    }

    /// Stands between two texts of one kind, so that no phrase goes from one into the other: a token of its
    /// own, which no query has.
    static let division = "\u{3}"

    private static func token(
        _ units: ArraySlice<Unit>,
        isUnspaced: Bool,
        endsRun: Bool = false
    ) -> TextToken {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: units.lazy.map(\.scalar))
        let range = (units.first?.range.lowerBound ?? 0)..<(units.last?.range.upperBound ?? 0)
        return TextToken(
            text: String(text),
            range: range,
            endsRun: endsRun,
            isUnspaced: isUnspaced
        )
    }

    private static func units(of text: String) -> [Unit] {
        var units: [Unit] = []
        units.reserveCapacity(text.utf8.count)
        var place = 0
        // By whole characters, because folding composes.
        var rest = text[...]
        while let first = rest.first {
            var character = String(first)
            rest.removeFirst()
            // A half-width カ and the mark behind it are two characters to Swift, and together ガ.
            if let mark = rest.first, mark == "\u{FF9E}" || mark == "\u{FF9F}" {
                character.append(mark)
                rest.removeFirst()
            }
            let scalars = character.unicodeScalars
            let count = scalars.count
            let range = place..<place + count
            place += count
            if count == 1, let scalar = scalars.first, scalar.value < 0x80 {
                let lower =
                    (0x41...0x5A).contains(scalar.value)
                    ? Unicode.Scalar(scalar.value + 0x20) ?? scalar : scalar
                units.append(Unit(scalar: lower, range: range, kind: kind(ofASCII: scalar)))
                continue
            }
            // Twice, because Foundation leaves a mark that it has just made apart from its letter.
            let folded = character.precomposedStringWithCompatibilityMapping
                .precomposedStringWithCanonicalMapping.lowercased()
            for scalar in folded.unicodeScalars {
                let plain = plain(scalar)
                units.append(Unit(scalar: plain, range: range, kind: kind(of: plain)))
            }
        }
        return units
    }

    private static func kind(ofASCII scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
        // The division between texts.
        case 0x3: .symbol
        default: .separator
        }
    }

    /// Hiragana as katakana, and Latin letters without their accents.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x3041...0x3096, 0x309D...0x309E:
            Unicode.Scalar(scalar.value + 0x60) ?? scalar
        case 0xC0...0x24F, 0x1E00...0x1EFF:
            String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first ?? scalar
        default: scalar
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case ..<0x80: return kind(ofASCII: scalar)
        // Kana with the marks for long and repeated sounds, Chinese characters, Hangul.
        case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3005...0x3007, 0x31F0...0x31FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0xAC00...0xD7A3, 0x20000...0x3FFFF:
            return .unspaced
        // Thai, Lao, Myanmar, Khmer.
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF:
            return isWord(scalar) ? .unspaced : .separator
        default:
            if isWord(scalar) { return .word }
            return scalar.properties.isEmojiPresentation ? .symbol : .separator
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}
