/// A set of scalars that patterns ask about.
///
/// Sets of properties mean what the libraries' regular expressions mean by them.
indirect enum ScalarSet: Sendable, Equatable {
    case ranges([ClosedRange<UInt32>])
    /// `\s`, and Rust's `char::is_whitespace`.
    case whitespace
    /// `\p{L}`
    case letter
    /// `\p{N}`, and Rust's `char::is_numeric`.
    case number
    /// `\d`
    case decimalDigit
    /// `\w`
    case word
    /// What BERT splits at: ASCII's symbols and Unicode's punctuation.
    case punctuation
    /// `\p{P}`
    case unicodePunctuation
    case union([ScalarSet])
    case complement(ScalarSet)

    /// A single scalar.
    static func one(_ scalar: Unicode.Scalar) -> ScalarSet {
        .ranges([scalar.value...scalar.value])
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .ranges(let ranges): return ranges.contains { $0.contains(scalar.value) }
        case .whitespace: return ScalarClass(scalar) == .space
        case .letter: return ScalarClass(scalar) == .letter
        case .number: return ScalarClass(scalar) == .number
        case .decimalDigit: return scalar.properties.generalCategory == .decimalNumber
        case .word: return Self.isWord(scalar)
        case .punctuation:
            return Self.isSymbolOfASCII(scalar.value) || Self.isPunctuation(scalar)
        case .unicodePunctuation: return Self.isPunctuation(scalar)
        case .union(let sets): return sets.contains { $0.contains(scalar) }
        case .complement(let set): return !set.contains(scalar)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: return true
        case 0...0x7F: return false
        default: break
        }
        let properties = scalar.properties
        guard let age = properties.age, age.major <= 16 else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
            return true
        default: return properties.isAlphabetic || properties.isJoinControl
        }
    }

    private static func isSymbolOfASCII(_ value: UInt32) -> Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        guard OldUnicode.knows(scalar) else { return false }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}
