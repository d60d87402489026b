import MekikiCore

/// Reading of the `vocab` of a unigram model: a list of pieces and their scores.
enum UnigramFields {
    static func tables(_ field: JSONField) throws -> ModelTables {
        var text: [UInt8] = []
        var ends: [Int] = []
        var scores = Table<Double>()
        text.reserveCapacity(field.roughCount * 8)
        ends.reserveCapacity(field.roughCount)
        scores.reserveCapacity(field.roughCount)
        var wrong: Int?
        try field.forEachElement { element in
            guard case .array(let pair) = element, pair.count == 2,
                case .string(var piece) = pair[0],
                case .number(let score) = pair[1], score.isFinite
            else {
                wrong = wrong ?? ends.count
                return
            }
            piece.withUTF8 { text.append(contentsOf: $0) }
            ends.append(text.count)
            scores.append(score)
        }
        if let wrong {
            throw field.mismatch("a list of pieces with scores; entry \(wrong) is none")
        }
        return .unigram(PieceTrie(text: text, ends: ends), scores: scores)
    }
}
