/// What a scalar is to the patterns that split text into words.
enum ScalarClass: Sendable {
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\s`
    case space
    case other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x61...0x7A, 0x41...0x5A: self = .letter
        case 0x30...0x39: self = .number
        case 0x09...0x0D, 0x20: self = .space
        case 0...0x7F: self = .other
        default: self = Self.beyondASCII(scalar)
        }
    }

    private static func beyondASCII(_ scalar: Unicode.Scalar) -> ScalarClass {
        let properties = scalar.properties
        let kind: ScalarClass
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            kind = .letter
        case .decimalNumber, .letterNumber, .otherNumber: kind = .number
        default: return properties.isWhitespace ? .space : .other
        }
        // Ids have to be those of the `tokenizers` library (0.23), whose regular expressions know
        // Unicode 16; Swift 6.3 knows Unicode 17 and its 4,657 new letters.
        guard let age = properties.age, age.major <= 16 else { return .other }
        return kind
    }
}
