/// A pattern to look for in text: a literal, or the small part of regular expressions that
/// tokenizer files use outside of byte-level vocabularies.
///
/// An expression is a list of alternatives, each a sequence of sets of scalars with how often they
/// repeat. A repetition takes all it can get and gives nothing back, so matching takes linear time;
/// expressions that would need backtracking are refused when the file is read.
struct TextPattern: Sendable, Equatable {
    /// One set of scalars and how many of them.
    struct Item: Sendable, Equatable {
        var set: ScalarSet
        var least: Int
        var most: Int
    }

    /// The first that matches counts, as in the libraries.
    let alternatives: [[Item]]

    init(alternatives: [[Item]]) {
        self.alternatives = alternatives
    }

    /// A text that is matched as it stands.
    init(literal: String) {
        alternatives = [literal.unicodeScalars.map { Item(set: .one($0), least: 1, most: 1) }]
    }

    /// The end of the match at a position, `nil` when nothing or only an empty text matches.
    func matchEnd(in text: [Unicode.Scalar], at start: Int, before limit: Int) -> Int? {
        for items in alternatives {
            var position = start
            let matches = items.allSatisfy { item in
                var count = 0
                while count < item.most, position < limit, item.set.contains(text[position]) {
                    position += 1
                    count += 1
                }
                return count >= item.least
            }
            if matches, position > start { return position }
        }
        return nil
    }

    /// Divides a part of a text into matches and what lies between them.
    func parts(
        of text: [Unicode.Scalar],
        in range: Range<Int>
    ) -> [(range: Range<Int>, isMatch: Bool)] {
        var parts: [(range: Range<Int>, isMatch: Bool)] = []
        var open = range.lowerBound
        var position = range.lowerBound
        while position < range.upperBound {
            guard let end = matchEnd(in: text, at: position, before: range.upperBound) else {
                position += 1
                continue
            }
            if open < position { parts.append((open..<position, false)) }
            parts.append((position..<end, true))
            open = end
            position = end
        }
        if open < range.upperBound { parts.append((open..<range.upperBound, false)) }
        return parts
    }
}
