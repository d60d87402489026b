/// Tokens that are found in the text itself, before any splitting: `<|endoftext|>` and the like.
struct AddedTokens: Sendable {
    /// One such token.
    struct Token: Sendable, Equatable {
        var id: Int32
        var content: [Unicode.Scalar]
        /// Whether it is looked for after normalisation, instead of before.
        var isNormalized = false
        /// Whether it takes the blanks before it.
        var stripsLeft = false
        /// Whether it takes the blanks after it.
        var stripsRight = false
    }

    /// A part of a text: either a token or what lies between tokens.
    enum Part: Equatable {
        case token(Int32)
        case text(Range<Int>)
    }

    /// Tokens by their first scalar, the longest first.
    private let tokens: [Unicode.Scalar: [Token]]

    /// Prepares tokens for the search; empty ones are left out, they would match everywhere.
    ///
    /// - Parameters:
    ///   - tokens: The tokens.
    ///   - normalization: What the text that they are looked for in went through.
    init(_ tokens: [Token], _ normalization: [NormalizationStep] = []) {
        var prepared: [Token] = []
        for var token in tokens {
            for step in normalization { step.apply(to: &token.content) }
            if !token.content.isEmpty { prepared.append(token) }
        }
        self.tokens = Dictionary(grouping: prepared) { $0.content[0] }
            .mapValues { $0.sorted { $0.content.count > $1.content.count } }
    }

    /// Divides a text at its tokens, leftmost first and of those the longest.
    func parts(of text: [Unicode.Scalar]) -> [Part] {
        guard !tokens.isEmpty else { return text.isEmpty ? [] : [.text(0..<text.count)] }
        var parts: [Part] = []
        var open = 0
        var position = 0
        while position < text.count {
            guard
                let token = tokens[text[position]]?.first(where: {
                    text[position...].starts(with: $0.content)
                })
            else {
                position += 1
                continue
            }
            var start = position
            var end = position + token.content.count
            if token.stripsLeft {
                while start > open, ScalarClass(text[start - 1]) == .space { start -= 1 }
            }
            if token.stripsRight {
                while end < text.count, ScalarClass(text[end]) == .space { end += 1 }
            }
            if start > open { parts.append(.text(open..<start)) }
            parts.append(.token(token.id))
            open = end
            position = end
        }
        if open < text.count { parts.append(.text(open..<text.count)) }
        return parts
    }
}
