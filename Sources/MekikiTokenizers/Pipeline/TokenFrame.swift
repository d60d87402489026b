/// The ids that stand before and after every text.
struct TokenFrame: Sendable, Equatable {
    var prefix: [Int32]
    var suffix: [Int32]

    var count: Int { prefix.count + suffix.count }
}
