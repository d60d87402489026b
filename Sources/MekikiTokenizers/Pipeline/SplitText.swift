/// A text on its way from stage to stage of splitting.
struct SplitText {
    private(set) var text: ClassifiedText
    private(set) var words: [Range<Int>]
    /// Whether position 0 is where the text that was given begins: some vocabularies put a blank
    /// there and nowhere else.
    private(set) var startsAtOrigin: Bool

    init(_ text: ClassifiedText, _ range: Range<Int>, startsAtOrigin: Bool) {
        self.text = text
        words = range.isEmpty ? [] : [range]
        self.startsAtOrigin = startsAtOrigin
    }

    /// Divides every word; what comes out empty falls away.
    mutating func split(_ divide: (ClassifiedText, Range<Int>) -> [Range<Int>]) {
        words = words.flatMap { divide(text, $0) }.filter { !$0.isEmpty }
    }

    /// Writes every word anew.
    ///
    /// - Parameter rewrite: Gets a word and whether it stands at the very start; returns its new
    ///   scalars.
    mutating func rewrite(_ rewrite: (ArraySlice<Unicode.Scalar>, Bool) -> [Unicode.Scalar]) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.scalars.count + words.count)
        let isFirstWordAtOrigin = startsAtOrigin && words.first?.lowerBound == 0
        var ranges: [Range<Int>] = []
        for (index, word) in words.enumerated() {
            let start = scalars.count
            scalars += rewrite(text.scalars[word], index == 0 && isFirstWordAtOrigin)
            if scalars.count > start { ranges.append(start..<scalars.count) }
        }
        text = ClassifiedText(scalars)
        words = ranges
        startsAtOrigin = isFirstWordAtOrigin
    }
}
