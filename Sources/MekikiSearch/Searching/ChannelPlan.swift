import MekikiCore

/// Which channels a query asks, as a pure value.
struct ChannelPlan: Equatable, Sendable {
    /// The channels, in the order in which reasons of equal weight are told.
    let channels: [Hit.Channel]

    /// The kinds of words that full text searches.
    let targets: Set<TextTarget>

    /// Decides.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - hasWordVectors: Whether texts of images can be compared by meaning.
    /// - Throws: `MekikiError` with code `usage` for a combination that makes no sense.
    init(_ query: Query, hasWordVectors: Bool) throws {
        let hasWords = query.saysWords
        if query.target == .image, query.method == .text {
            throw MekikiError(
                .usage,
                "A picture has no letters to search: choose the method vector for the target image.",
                subject: "method"
            )
        }
        if ![.all, .image].contains(query.target), !hasWords {
            throw MekikiError(
                .usage,
                "Words are searched among words: give some, or choose the target image.",
                subject: "target"
            )
        }
        if query.reranks, !hasWords {
            throw MekikiError(
                .usage,
                "A reranker reads what was asked: give words, or leave it out.",
                subject: "rerank"
            )
        }
        if query.method == .text, !hasWords {
            throw MekikiError(
                .usage,
                "Full text searches words: give some, or choose the method vector.",
                subject: "method"
            )
        }
        let vectors: [Hit.Channel] =
            switch query.target {
            case .all: [.image, .captionVector, .promptVector, .ocrVector]
            case .image: [.image]
            case .caption: [.captionVector]
            case .prompt: [.promptVector]
            case .ocr: [.ocrVector]
            }
        targets =
            switch query.target {
            case .all: Set(TextTarget.allCases)
            case .image: []
            case .caption: [.caption]
            case .prompt: [.prompt]
            case .ocr: [.ocr]
            }
        var channels: [Hit.Channel] = []
        if query.method != .text {
            channels += vectors.filter { channel in
                channel == .image ? query.hasDirection : hasWords && hasWordVectors
            }
        }
        if query.method != .vector, hasWords, !targets.isEmpty { channels.append(.fullText) }
        guard !channels.isEmpty || query.terms.isEmpty else {
            throw MekikiError(
                .unavailable,
                "No model is there that compares texts. Choose the method text.",
                subject: "method"
            )
        }
        self.channels = channels
    }
}

extension Query {
    /// The words of the query, as they were written.
    var words: String {
        terms.compactMap { term in
            if case .words(let words) = term.content { words } else { nil }
        }.joined(separator: " ")
    }

    /// Whether something can be found to the letter.
    var saysWords: Bool { text != nil || words.contains { !$0.isWhitespace } }

    /// Whether there is something to compare pictures with.
    var hasDirection: Bool { !terms.isEmpty }

    /// What full text looks for: what was understood, else each of the words.
    var textQuery: TextQuery {
        var query =
            text
            ?? TextQuery(alternatives: [
                words.split(whereSeparator: \.isWhitespace).map { .init(String($0)) }
            ])
        query.excluded += exclusions.map { TextQuery.Term($0) }
        return query
    }
}

extension Hit.Channel {
    /// The kind of words whose vectors a channel compares; `nil` for pictures and full text.
    var wordTarget: TextTarget? {
        switch self {
        case .captionVector: .caption
        case .promptVector: .prompt
        case .ocrVector: .ocr
        case .image, .fullText, .fusion, .reranker: nil
        }
    }
}
