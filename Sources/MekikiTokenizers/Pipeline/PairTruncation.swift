/// How many ids of two texts stay when both have to fit: `longest_first`, as the `tokenizers` library
/// does it.
///
/// The longer text is cut down to the shorter one's length at most; then both share what there is.
struct PairTruncation: Equatable {
    /// Ids of the first text that stay.
    private(set) var first: Int
    /// Ids of the second text that stay.
    private(set) var second: Int

    /// Decides.
    ///
    /// - Parameters:
    ///   - first: Ids of the first text.
    ///   - second: Ids of the second text.
    ///   - room: Ids that fit.
    init(first: Int, second: Int, room: Int) {
        self.first = first
        self.second = second
        guard first + second > room else { return }
        var shorter = min(first, second)
        var longer = shorter > room ? shorter : max(shorter, room - shorter)
        if shorter + longer > room {
            shorter = room / 2
            longer = shorter + room % 2
        }
        (self.first, self.second) = first > second ? (longer, shorter) : (shorter, longer)
    }
}
