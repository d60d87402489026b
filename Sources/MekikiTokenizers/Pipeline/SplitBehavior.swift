/// What becomes of the parts that a pattern matches.
enum SplitBehavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"

    /// Makes words of a text that was divided into matches and what lies between them.
    ///
    /// - Parameter parts: The parts in order, with whether they are matches.
    /// - Returns: The words, none empty.
    func words(_ parts: [(range: Range<Int>, isMatch: Bool)]) -> [Range<Int>] {
        switch self {
        case .removed: return parts.filter { !$0.isMatch }.map(\.range)
        case .isolated: return parts.map(\.range)
        case .contiguous:
            var words: [Range<Int>] = []
            var followsMatch = false
            for part in parts {
                if part.isMatch == followsMatch, let last = words.popLast() {
                    words.append(last.lowerBound..<part.range.upperBound)
                } else {
                    words.append(part.range)
                }
                followsMatch = part.isMatch
            }
            return words
        case .mergedWithPrevious:
            var words: [Range<Int>] = []
            var followsMatch = false
            for part in parts {
                if part.isMatch, !followsMatch, let last = words.popLast() {
                    words.append(last.lowerBound..<part.range.upperBound)
                } else {
                    words.append(part.range)
                }
                followsMatch = part.isMatch
            }
            return words
        case .mergedWithNext:
            var words: [Range<Int>] = []
            var precedesMatch = false
            for part in parts.reversed() {
                if part.isMatch, !precedesMatch, let next = words.popLast() {
                    words.append(part.range.lowerBound..<next.upperBound)
                } else {
                    words.append(part.range)
                }
                precedesMatch = part.isMatch
            }
            return words.reversed()
        }
    }
}
