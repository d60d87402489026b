/// What stands around two texts that are read as one, and between them.
struct PairFrame: Sendable, Equatable {
    /// A part of the whole, with its token type.
    enum Element: Sendable, Equatable {
        case token(Int32, type: Int32)
        case first(type: Int32)
        case second(type: Int32)
    }

    var elements: [Element]

    /// The texts one after the other, with types of their own.
    static let bare = PairFrame(elements: [.first(type: 0), .second(type: 1)])

    /// BERT's: `[CLS] first [SEP] second [SEP]`, the second text of type 1.
    static func bert(start: [Int32], end: [Int32]) -> PairFrame {
        PairFrame(
            elements: start.map { .token($0, type: 0) } + [.first(type: 0)]
                + end.map { .token($0, type: 0) } + [.second(type: 1)]
                + end.map { .token($0, type: 1) }
        )
    }

    /// RoBERTa's: `<s> first </s></s> second </s>`, all of type 0.
    static func roberta(start: [Int32], end: [Int32]) -> PairFrame {
        let end = end.map { Element.token($0, type: 0) }
        return PairFrame(
            elements: start.map { .token($0, type: 0) } + [.first(type: 0)] + end + end
                + [.second(type: 0)] + end
        )
    }

    /// The special tokens.
    var tokens: [Int32] {
        elements.compactMap { element in
            if case .token(let id, _) = element { id } else { nil }
        }
    }

    /// Puts two texts together.
    func pair(_ first: some Sequence<Int32>, _ second: some Sequence<Int32>) -> TokenizedPair {
        var pair = TokenizedPair(ids: [], types: [])
        func append(_ ids: some Sequence<Int32>, type: Int32) {
            pair.ids += ids
            pair.types += [Int32](repeating: type, count: pair.ids.count - pair.types.count)
        }
        for element in elements {
            switch element {
            case .token(let id, let type): append(CollectionOfOne(id), type: type)
            case .first(let type): append(first, type: type)
            case .second(let type): append(second, type: type)
            }
        }
        return pair
    }
}
