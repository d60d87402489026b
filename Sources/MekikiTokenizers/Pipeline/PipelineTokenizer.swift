import MekikiCore

/// A tokenizer made of the stages that model files describe: added tokens, normalisation, splitting
/// into words, a model of words, and the frame of start and end tokens.
struct PipelineTokenizer: Tokenizer {
    var vocabularySize: Int
    var special: SpecialTokens
    /// Tokens that are looked for in the text as it came.
    var rawTokens: AddedTokens
    /// Tokens that are looked for after normalisation.
    var normalizedTokens: AddedTokens
    var normalization: [NormalizationStep]
    /// Applied one after another, each to the words of the one before.
    var splits: [PreTokenization]
    var model: any WordModel
    var frame: TokenFrame

    func encode(_ text: String, limit: Int?) -> [Int32] {
        precondition(
            limit.map { $0 >= frame.count } ?? true,
            "The limit has to leave room for the start and end tokens."
        )
        let room = limit.map { $0 - frame.count } ?? .max
        return frame.prefix + ids(of: text, room: room).prefix(room) + frame.suffix
    }

    func encodePair(_ first: String, _ second: String, limit: Int?) throws -> TokenizedPair {
        guard let pair = frame.pair else {
            throw MekikiError(
                .configuration,
                "This tokenizer's files don't say how two texts are put together. Choose a model "
                    + "that was made to compare texts."
            )
        }
        let added = pair.tokens.count
        precondition(
            limit.map { $0 >= added } ?? true,
            "The limit has to leave room for the special tokens."
        )
        let first = ids(of: first, room: .max)
        let second = ids(of: second, room: .max)
        let kept = PairTruncation(
            first: first.count,
            second: second.count,
            room: limit.map { $0 - added } ?? .max
        )
        return pair.pair(first.prefix(kept.first), second.prefix(kept.second))
    }

    /// The ids of a text without its frame, at least as many as there is room for.
    private func ids(of text: String, room: Int) -> [Int32] {
        var ids: [Int32] = []
        let scalars = Array(text.unicodeScalars)
        for part in rawTokens.parts(of: scalars) where ids.count < room {
            switch part {
            case .token(let id): ids.append(id)
            case .text(let range):
                appendIDs(
                    of: Array(scalars[range]),
                    startsAtOrigin: range.lowerBound == 0,
                    to: &ids,
                    room: room
                )
            }
        }
        return ids
    }

    /// Appends the ids of text without raw tokens, and stops once there is no room left.
    private func appendIDs(
        of text: [Unicode.Scalar],
        startsAtOrigin: Bool,
        to ids: inout [Int32],
        room: Int
    ) {
        var scalars = text
        var startsAtOrigin = startsAtOrigin
        for step in normalization {
            if startsAtOrigin, step.removesStart(of: scalars) { startsAtOrigin = false }
            step.apply(to: &scalars)
        }
        let parts = normalizedTokens.parts(of: scalars)
        let classified = ClassifiedText(scalars)
        for part in parts where ids.count < room {
            switch part {
            case .token(let id): ids.append(id)
            case .text(let range):
                let text = SplitText(
                    classified,
                    range,
                    startsAtOrigin: startsAtOrigin && range.lowerBound == 0
                )
                appendWords(of: text, to: &ids, room: room)
            }
        }
    }

    private func appendWords(of text: SplitText, to ids: inout [Int32], room: Int) {
        var text = text
        for split in splits { split.apply(to: &text) }
        var bytes: [UInt8] = []
        for word in text.words where ids.count < room {
            bytes.removeAll(keepingCapacity: true)
            for scalar in text.text.scalars[word] { bytes.append(contentsOf: scalar.utf8) }
            model.appendIDs(of: bytes, to: &ids)
        }
    }
}
