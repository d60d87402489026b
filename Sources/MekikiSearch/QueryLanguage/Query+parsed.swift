import MekikiCore

extension Query {
    /// Creates a query of what was understood.
    ///
    /// - Parameters:
    ///   - parsed: What a text says; `nil` without one.
    ///   - limit: How many hits are wanted.
    ///   - offset: How many of the best hits are passed over first.
    public init(_ parsed: ParsedQuery?, limit: Int = 16, offset: Int = 0) {
        let words = parsed?.words ?? ""
        self.init(
            terms: words.isEmpty ? [] : [Term(.words(words))],
            text: parsed?.text,
            exclusions: parsed?.exclusions ?? [],
            filter: parsed?.filter,
            limit: limit,
            offset: offset
        )
    }
}
