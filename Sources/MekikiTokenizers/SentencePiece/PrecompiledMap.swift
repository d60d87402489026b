/// The replacements that SentencePiece compiles into its models: a trie of what is replaced, and a
/// list of replacements.
///
/// The trie is a double array as darts-clone writes it (Aoe 1989): units of 32 bits, where the child
/// of a node for a byte stands at the node's offset XOR the byte and carries the byte as its label.
struct PrecompiledMap: Sendable {
    /// A map that replaces nothing.
    static let empty = PrecompiledMap()

    private let units: [UInt32]
    /// Replacements, each ended by a zero byte.
    private let replacements: [UInt8]

    /// Reads a map: the trie's size in bytes as a little-endian number, the trie, the replacements.
    ///
    /// The result is `nil` when the sizes don't fit together.
    ///
    /// - Parameter bytes: The map; an empty one replaces nothing.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self = .empty
            return
        }
        guard bytes.count >= 4 else { return nil }
        func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        let size = Int(number(0))
        guard size <= bytes.count - 4, size % 4 == 0, size > 0 else { return nil }
        units = stride(from: 4, to: 4 + size, by: 4).map(number)
        replacements = Array(bytes[(4 + size)...])
    }

    private init() {
        units = []
        replacements = []
    }

    var isEmpty: Bool { units.isEmpty }

    /// The shortest or the longest entry that a text begins with.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - start: Where to look.
    ///   - end: Where the text ends.
    ///   - takesLongest: Whether the longest entry is wanted, or the first one found.
    /// - Returns: The length of what is replaced in bytes, and its replacement.
    func entry(
        in text: [UInt8],
        at start: Int,
        before end: Int,
        takesLongest: Bool
    ) -> (length: Int, replacement: ArraySlice<UInt8>)? {
        guard !units.isEmpty else { return nil }
        var found: (length: Int, place: Int)?
        var node = Self.offset(units[0])
        var position = start
        while position < end {
            node ^= Int(text[position])
            // Files may be damaged: every step is checked, and each takes one byte of the text.
            guard node < units.count, Self.label(units[node]) == UInt32(text[position]) else {
                break
            }
            let unit = units[node]
            node ^= Self.offset(unit)
            position += 1
            if unit >> 8 & 1 == 1, node < units.count {
                found = (position - start, Int(units[node] & 0x7FFF_FFFF))
                if !takesLongest { break }
            }
        }
        guard let found, found.place < replacements.count else { return nil }
        let tail = replacements[found.place...]
        return (found.length, tail[..<(tail.firstIndex(of: 0) ?? tail.endIndex)])
    }

    private static func label(_ unit: UInt32) -> UInt32 { unit & 0x8000_00FF }

    private static func offset(_ unit: UInt32) -> Int {
        Int((unit >> 10) << ((unit & 0x200) >> 6))
    }

    /// Replaces as the `tokenizers` library does.
    ///
    /// It looks at grapheme clusters, whole ones where they are shorter than six bytes, else scalar
    /// by scalar, and takes the shortest entry for the whole of what it looks at. SentencePiece
    /// itself takes the longest from left to right: half-width ｶﾞ becomes ガ there, and カ with a
    /// mark of its own here.
    func apply(to text: inout [Unicode.Scalar]) {
        guard !isEmpty else { return }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text)
        var result: [UInt8] = []
        for cluster in String(view) {
            let bytes = Array(cluster.utf8)
            if bytes.count < 6,
                let entry = entry(in: bytes, at: 0, before: bytes.count, takesLongest: false)
            {
                result += entry.replacement
                continue
            }
            var start = 0
            for scalar in cluster.unicodeScalars {
                let end = start + UTF8.width(scalar)
                if let entry = entry(in: bytes, at: start, before: end, takesLongest: false) {
                    result += entry.replacement
                } else {
                    result += bytes[start..<end]
                }
                start = end
            }
        }
        text = Array(String(decoding: result, as: UTF8.self).unicodeScalars)
    }
}
