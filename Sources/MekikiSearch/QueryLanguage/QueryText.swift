/// A query as its characters, each whole: a family of joined emoji is one.
struct QueryText {
    /// How many UTF-16 units of a query are read; what is longer was pasted by accident.
    static let limit = 10_000

    /// The characters as they were written.
    let characters: [Character]

    /// The same with ASCII in place of its full-width forms: operators are looked for here.
    let folded: [Character]

    /// Where each character begins in UTF-16 units, and at last where the text ends.
    let offsets: [Int]

    /// Whether something was left out at the end.
    let isCut: Bool

    init(_ text: String) {
        var characters: [Character] = []
        var folded: [Character] = []
        var offsets = [0]
        var offset = 0
        var isCut = false
        for character in text {
            let length = character.utf16.count
            guard offset + length <= Self.limit else {
                isCut = true
                break
            }
            offset += length
            characters.append(character)
            folded.append(Self.folded(character))
            offsets.append(offset)
        }
        self.characters = characters
        self.folded = folded
        self.offsets = offsets
        self.isCut = isCut
    }

    var count: Int { characters.count }

    /// A part as it was written.
    func text(_ range: Range<Int>) -> String { String(characters[range]) }

    /// A part with half-width ASCII.
    func foldedText(_ range: Range<Int>) -> String { String(folded[range]) }

    /// A part in UTF-16 units.
    func utf16(_ range: Range<Int>) -> Range<Int> {
        offsets[range.lowerBound]..<offsets[range.upperBound]
    }

    /// Whether there is a character that separates words.
    func isSpace(_ index: Int) -> Bool { folded[index].separatesWords }

    /// A part without the spaces at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, isSpace(first) { range = first + 1..<range.upperBound }
        while let last = range.last, isSpace(last) { range = range.lowerBound..<last }
        return range
    }

    /// Whether a part begins with these characters, full-width or not.
    func has(_ characters: [Character], at index: Int, before end: Int) -> Bool {
        guard index >= 0, index + characters.count <= end else { return false }
        for (place, character) in characters.enumerated()
        where folded[index + place] != character {
            return false
        }
        return true
    }

    private static func folded(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first,
            character.unicodeScalars.count == 1
        else { return character }
        switch scalar.value {
        case 0xFF01...0xFF5E:
            return Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init) ?? character
        case 0x2212: return "-"
        case 0x301C: return "~"
        default: return character
        }
    }
}

extension Character {
    /// Whether words end here: spaces, control characters, and what has no width.
    var separatesWords: Bool {
        guard let scalar = unicodeScalars.first else { return true }
        if isWhitespace { return true }
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x2060, 0xFEFF: return true
        default: return false
        }
    }

    /// The script that the character belongs to, as far as queries care.
    var script: QueryScript {
        guard let scalar = unicodeScalars.first else { return .other }
        switch scalar.value {
        case 0x3041...0x3096, 0x309D...0x309F: return .hiragana
        case 0x30FC, 0xFF70: return .long
        case 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .katakana
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            return .kanji
        case 0x30...0x39, 0xFF10...0xFF19: return .digit
        default:
            if isLetter || isNumber { return .letter }
            return isPunctuation || isSymbol && scalar.value < 0x2190 ? .punctuation : .other
        }
    }
}

/// The kinds of characters that Japanese words are told apart by.
enum QueryScript {
    case hiragana, katakana, kanji
    /// ー, which goes on with whatever stood before.
    case long
    case digit, letter, punctuation
    /// Emoji, spaces and the rest.
    case other
}
