/// What a byte-pair model's words begin as: the symbols of their bytes, or of their scalars.
enum SymbolAlphabet: Sendable {
    /// Every byte is a symbol, written in `ByteAlphabet`.
    ///
    /// `inner` and `last` have the symbol of each byte within a word and at its end; -1 where the
    /// vocabulary has none.
    case bytes(inner: [Int32], last: [Int32])
    /// Every scalar is a symbol; what the vocabulary lacks may be spelled in bytes.
    case scalars(Vocabulary, suffix: [UInt8], BytePieces?)

    /// The alphabet of bytes.
    ///
    /// - Parameters:
    ///   - vocabulary: The pieces.
    ///   - suffix: What the last symbol of a word carries, such as `</w>`.
    /// - Returns: The alphabet.
    static func bytes(of vocabulary: Vocabulary, suffix: String) -> SymbolAlphabet {
        let letters = ByteAlphabet.letters
        return .bytes(
            inner: letters.map { vocabulary.id(of: String($0)) ?? -1 },
            last: letters.map { vocabulary.id(of: String($0) + suffix) ?? -1 }
        )
    }

    /// The symbols of a word.
    ///
    /// - Parameters:
    ///   - word: The word in UTF-8.
    ///   - unknown: The symbol of what the vocabulary lacks; without one it vanishes.
    ///   - fusesUnknown: Whether neighbouring unknown symbols become one.
    /// - Returns: The symbols.
    func symbols(of word: [UInt8], unknown: Int32?, fusesUnknown: Bool) -> [Int32] {
        switch self {
        case .bytes(let inner, let last):
            Self.symbols(
                word,
                inner: inner,
                last: last,
                unknown: unknown,
                fusesUnknown: fusesUnknown
            )
        case .scalars(let vocabulary, let suffix, let bytePieces):
            Self.symbols(
                word,
                vocabulary: vocabulary,
                suffix: suffix,
                bytePieces: bytePieces,
                unknown: unknown,
                fusesUnknown: fusesUnknown
            )
        }
    }

    private static func symbols(
        _ word: [UInt8],
        inner: [Int32],
        last: [Int32],
        unknown: Int32?,
        fusesUnknown: Bool
    ) -> [Int32] {
        var symbols: [Int32] = []
        symbols.reserveCapacity(word.count)
        var followsUnknown = false
        for (index, byte) in word.enumerated() {
            let table = index == word.count - 1 ? last : inner
            let symbol = table[Int(byte)]
            if symbol >= 0 {
                symbols.append(symbol)
            } else if let unknown, !(fusesUnknown && followsUnknown) {
                symbols.append(unknown)
            }
            followsUnknown = symbol < 0
        }
        return symbols
    }

    private static func symbols(
        _ word: [UInt8],
        vocabulary: Vocabulary,
        suffix: [UInt8],
        bytePieces: BytePieces?,
        unknown: Int32?,
        fusesUnknown: Bool
    ) -> [Int32] {
        var symbols: [Int32] = []
        symbols.reserveCapacity(word.count)
        // The library holds an unknown symbol back until the next known one or the end; symbols that
        // are spelled in bytes overtake it.
        var heldBack = 0
        var start = 0
        while start < word.count {
            let end = min(word.count, start + SentencePieceNormalizer.width(word[start]))
            let isLast = end == word.count
            let symbol =
                isLast && !suffix.isEmpty
                ? (Array(word[start..<end]) + suffix).withUnsafeBufferPointer {
                    vocabulary.id(of: $0)
                }
                : word.withUnsafeBufferPointer {
                    vocabulary.id(of: UnsafeBufferPointer(rebasing: $0[start..<end]))
                }
            if let symbol {
                if let unknown, heldBack > 0 { symbols.append(unknown) }
                heldBack = 0
                symbols.append(symbol)
            } else if let spelled = bytePieces?.ids(
                of: isLast ? word[start..<end] + suffix : word[start..<end]
            ) {
                symbols += spelled
            } else if let unknown {
                if heldBack > 0, !fusesUnknown { symbols.append(unknown) }
                heldBack = 1
            }
            start = end
        }
        if let unknown, heldBack > 0 { symbols.append(unknown) }
        return symbols
    }
}
