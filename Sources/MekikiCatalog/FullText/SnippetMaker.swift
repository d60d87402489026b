import MekikiCore

/// Cuts the pieces of texts in which words of a query stand.
struct SnippetMaker {
    /// How many scalars a piece has at most, beside the marks of what was cut off.
    static let width = 72

    /// How many pieces an image gives at most.
    static let most = 4

    let query: FullTextQuery
    let targets: Set<TextTarget>

    /// The pieces of an image's texts, most important kind first, in each the texts with most matches.
    ///
    /// - Parameter texts: The image's words.
    /// - Returns: The pieces; none where no word stands.
    func snippets(of texts: ImageTexts) -> [TextSnippet] {
        var snippets: [TextSnippet] = []
        for target in TextTarget.allCases where targets.contains(target) {
            let marked = (texts.byTarget[target] ?? []).compactMap { text in
                marks(in: text.text).map { (text.id, text.text, $0) }
            }
            // A sort of Swift's need not keep the order of equals.
            let ordered = marked.enumerated().sorted {
                ($1.element.2.count, $0.offset) < ($0.element.2.count, $1.offset)
            }
            for (_, (id, text, marks)) in ordered {
                let (piece, ranges) = Self.piece(of: text, marks)
                snippets.append(
                    TextSnippet(textID: id, target: target, text: piece, marks: ranges)
                )
            }
        }
        return Array(snippets.prefix(Self.most))
    }

    /// The scalars that match, in order, apart from each other; `nil` where none does.
    private func marks(in text: String) -> [Range<Int>]? {
        let tokens = TextTokenizer.tokens(of: text)
        var marked: [Range<Int>] = []
        for phrase in query.wanted {
            for place in phrase.places(in: tokens) {
                let first = tokens[place.lowerBound].range.lowerBound
                var last = tokens[place.upperBound - 1].range
                // A pair that was found by its first character.
                if phrase.isPrefix, phrase.tokens.last?.unicodeScalars.count == 1,
                    tokens[place.upperBound - 1].isUnspaced, !tokens[place.upperBound - 1].endsRun,
                    let next = tokens[place.upperBound...].first
                {
                    last = last.lowerBound..<next.range.lowerBound
                }
                marked.append(first..<max(first, last.upperBound))
            }
        }
        guard !marked.isEmpty else { return nil }
        var merged: [Range<Int>] = []
        for range in marked.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// The piece around the first match, and what is marked in it.
    static func piece(of text: String, _ marks: [Range<Int>]) -> (String, [Range<Int>]) {
        // Lines become one.
        let scalars = text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }
        guard scalars.count > width, let first = marks.first else {
            return (Self.text(scalars[...]), marks)
        }
        let before = max(0, (width - first.count) / 3)
        var start = max(0, min(first.lowerBound - before, scalars.count - width))
        var end = min(scalars.count, max(start + width, first.upperBound))
        // No match is cut through, and no character of several scalars.
        if let cut = marks.first(where: { $0.lowerBound < end && $0.upperBound > end }) {
            end = cut.lowerBound
        }
        while start > 0, start < first.lowerBound, isContinuation(scalars[start]) { start += 1 }
        while end < scalars.count, end > first.upperBound, isContinuation(scalars[end]) { end -= 1 }
        let head = start > 0 ? "…" : ""
        let shift = head.unicodeScalars.count - start
        let inside = marks.filter { $0.lowerBound >= start && $0.upperBound <= end }
        return (
            head + Self.text(scalars[start..<end]) + (end < scalars.count ? "…" : ""),
            inside.map { $0.lowerBound + shift..<$0.upperBound + shift }
        )
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static func isContinuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: true
        default: scalar.properties.isVariationSelector
        }
    }
}
