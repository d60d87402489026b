/// The ids that stand before and after every text, and what stands around two.
struct TokenFrame: Sendable, Equatable {
    var prefix: [Int32]
    var suffix: [Int32]
    /// `nil` where the files don't say how two texts are put together.
    var pair: PairFrame?

    /// No tokens around a text.
    static let bare = TokenFrame(prefix: [], suffix: [], pair: .bare)

    var count: Int { prefix.count + suffix.count }
}
