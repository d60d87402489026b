import MekikiCore

/// Divides a text that is longer than a model reads into passages that it reads whole.
///
/// Passages end at line ends where they can, else at the ends of sentences, else at spaces or commas,
/// and anywhere where a text has none of them.
public struct Passages: Sendable, Equatable {
    /// The passages in their order, none of them empty.
    public let texts: [String]

    /// Divides a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - tokens: The longest text that a model reads whole, in tokens.
    ///   - count: The most passages; what comes behind them is left out.
    public init(_ text: String, tokens: Int, count: Int = 64) {
        let limit = Double(max(8, tokens - Self.reserve))
        var found: [String] = []
        var rest = text[...].drop(while: \.isWhitespace)
        while !rest.isEmpty, found.count < count {
            let end = Self.end(of: rest, limit: limit)
            let passage = rest[..<end]
            let last = passage.lastIndex { !$0.isWhitespace }
            if let last { found.append(String(passage[...last])) }
            rest = rest[end...].drop(while: \.isWhitespace)
        }
        texts = found
    }

    /// Tokens that models put around a text, and the prefixes of some.
    private static let reserve = 6

    /// How many tokens a character is, rather too many, because vocabularies differ.
    ///
    /// Of Japanese, a
    /// multilingual vocabulary makes 0.6 tokens a character; of English, any makes 0.25.
    private static func weight(_ character: Character) -> Double {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.value < 0x80 { return character.isLetter || character == " " ? 0.35 : 0.7 }
        return scalar.value < 0x2E80 ? 0.7 : 1
    }

    /// How well a passage ends behind a character: 0 for not at all.
    private static func rank(_ character: Character, next: Character?) -> Int {
        if character.isNewline { return 4 }
        if "。！？!?｡".contains(character) { return 3 }
        if character == ".", next?.isWhitespace ?? true { return 3 }
        if "、,，;；:".contains(character) { return 2 }
        return character.isWhitespace ? 1 : 0
    }

    private static func end(of text: Substring, limit: Double) -> String.Index {
        var sum = 0.0
        var best: (rank: Int, index: String.Index)?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            sum += weight(character)
            let next = text.index(after: index)
            // One character may be longer than a passage; it is one all the same.
            if sum > limit, index > text.startIndex { return best?.index ?? index }
            let rank = rank(character, next: next < text.endIndex ? text[next] : nil)
            // The last third of a passage is where it should end: a better mark far before is no better.
            if rank > 0, sum > limit * 2 / 3 ? rank >= best?.rank ?? 0 : true {
                best = (rank, next)
            }
            index = next
        }
        return text.endIndex
    }
}
