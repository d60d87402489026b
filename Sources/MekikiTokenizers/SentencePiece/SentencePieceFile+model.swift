import MekikiCore

/// The model that a file describes.
extension SentencePieceFile {
    /// Makes the model.
    ///
    /// - Parameters:
    ///   - idOffset: What is added to a piece's place to get its id.
    ///   - unknown: The id of what the vocabulary lacks.
    /// - Returns: The model.
    /// - Throws: `MekikiError` with code `configuration` when it is of a kind that is not supported.
    func model(idOffset: Int32, unknown: Int32) throws -> any WordModel {
        switch algorithm {
        case .unigram: return unigram(idOffset: idOffset, unknown: unknown)
        case .pairs: return try pairs(idOffset: idOffset, unknown: unknown)
        case .words, .characters:
            throw MekikiError(
                .configuration,
                "The model cuts text into whole words or single characters, which this version "
                    + "doesn't support. Choose another model, or update Mekiki.",
                subject: path
            )
        }
    }

    private func bytePieces(idOffset: Int32) -> BytePieces? {
        guard spellsUnknown else { return nil }
        var ids: [String: Int32] = [:]
        for piece in kinds.indices where kinds[piece] == .byte {
            ids[String(decoding: text[range(of: piece)], as: UTF8.self)] = Int32(piece) + idOffset
        }
        return BytePieces { ids[$0] }
    }

    private func unigram(idOffset: Int32, unknown: Int32) -> UnigramModel {
        var trieText: [UInt8] = []
        var trieEnds: [Int] = []
        trieText.reserveCapacity(text.count)
        trieEnds.reserveCapacity(count)
        let normal = kinds.indices.filter { kinds[$0] == .normal }.map { scores[$0] }
        let highest = normal.max() ?? 0
        var adjusted: [Double] = []
        for (piece, kind) in kinds.enumerated() {
            switch kind {
            case .normal:
                trieText += text[range(of: piece)]
                adjusted.append(Double(scores[piece]))
            case .userDefined:
                trieText += text[range(of: piece)]
                // As SentencePiece has it: a bonus that lets them win.
                adjusted.append(Double(Float(range(of: piece).count) * highest) - 0.1)
            // The others are never found in text.
            case .unknown, .control, .unused, .byte: adjusted.append(0)
            }
            trieEnds.append(trieText.count)
        }
        return UnigramModel(
            trie: PieceTrie(text: trieText, ends: trieEnds),
            scores: Table(adjusted),
            lowestScore: Double(normal.min() ?? 0),
            unknown: unknown,
            idOffset: idOffset,
            bytePieces: bytePieces(idOffset: idOffset),
            arithmetic: .single
        )
    }

    private func pairs(idOffset: Int32, unknown: Int32) throws -> ScoredPairModel {
        var vocabulary = Vocabulary(capacity: count)
        for (piece, kind) in kinds.enumerated() {
            switch kind {
            case .normal, .userDefined:
                text.withUnsafeBufferPointer {
                    vocabulary.insert(
                        UnsafeBufferPointer(rebasing: $0[range(of: piece)]),
                        id: Int32(piece)
                    )
                }
            case .unknown, .control, .byte: break
            case .unused:
                throw MekikiError(
                    .configuration,
                    "The model has byte pairs that are marked as unused, which this version doesn't "
                        + "support. Choose another model, or update Mekiki.",
                    subject: path
                )
            }
        }
        return ScoredPairModel(
            vocabulary: vocabulary,
            scores: scores,
            idOffset: idOffset,
            unknown: unknown,
            bytePieces: bytePieces(idOffset: idOffset),
            protected: normalizer.protected
        )
    }
}
