/// SentencePiece's own preparation of text: the model's replacements, then the treatment of blanks.
struct SentencePieceNormalizer: Sendable {
    /// U+2581, which stands for a blank in pieces.
    static let blank: [UInt8] = [0xE2, 0x96, 0x81]

    var map: PrecompiledMap
    /// Pieces that users defined, which no replacement touches.
    var protected: ProtectedPieces
    /// Whether a blank is put before the text.
    var addsBlank = true
    /// Whether that blank goes behind the text instead.
    var putsBlankLast = false
    /// Whether blanks at the ends fall away and runs become one.
    var removesExtraBlanks = true
    /// Whether blanks are written as U+2581.
    var showsBlanks = true

    func apply(to text: inout [Unicode.Scalar]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3)
        for scalar in text { bytes.append(contentsOf: scalar.utf8) }
        text = Array(String(decoding: normalized(bytes), as: UTF8.self).unicodeScalars)
    }

    /// The normalised text in UTF-8.
    ///
    /// - Complexity: O(n) in the length of the text, times the longest entry of the map.
    func normalized(_ text: [UInt8]) -> [UInt8] {
        var position = 0
        if removesExtraBlanks {
            while position < text.count {
                let (part, length) = next(in: text, at: position)
                guard part.elementsEqual(CollectionOfOne(0x20)) else { break }
                position += length
            }
        }
        guard position < text.count else { return [] }
        let blank = showsBlanks ? Self.blank : [0x20]
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 2 + 3)
        if addsBlank, !putsBlankLast { result += blank }
        var followsBlank = removesExtraBlanks
        while position < text.count {
            var (part, length) = next(in: text, at: position)
            while followsBlank, part.first == 0x20 { part.removeFirst() }
            if !part.isEmpty {
                for byte in part {
                    if byte == 0x20 { result += blank } else { result.append(byte) }
                }
                followsBlank = part.last == 0x20
            }
            position += length
            if !removesExtraBlanks { followsBlank = false }
        }
        if removesExtraBlanks {
            // This also takes the blank of a text of which nothing else is left.
            while result.suffix(blank.count).elementsEqual(blank) {
                result.removeLast(blank.count)
            }
        }
        if addsBlank, putsBlankLast { result += blank }
        return result
    }

    /// What the text at a position becomes, and how much of the text that is.
    private func next(in text: [UInt8], at start: Int) -> (ArraySlice<UInt8>, Int) {
        if let length = protected.match(in: text, at: start) {
            return (text[start..<(start + length)], length)
        }
        if let entry = map.entry(in: text, at: start, before: text.count, takesLongest: true) {
            return (entry.replacement, entry.length)
        }
        let length = Self.width(text[start])
        return (text[start..<min(text.count, start + length)], length)
    }

    /// The bytes of the scalar that a byte begins.
    static func width(_ byte: UInt8) -> Int {
        switch byte {
        case 0xF0...0xFF: 4
        case 0xE0...0xEF: 3
        case 0xC0...0xDF: 2
        default: 1
        }
    }
}
