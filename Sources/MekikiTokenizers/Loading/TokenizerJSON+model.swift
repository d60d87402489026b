import MekikiCore

/// The kinds of models.
extension TokenizerJSON {
    enum ModelKind: String {
        case pairs = "BPE"
        case unigram = "Unigram"
        case words = "WordPiece"
    }

    func modelKind(_ field: JSONField) throws -> ModelKind {
        guard let type = field["type"] else {
            // Files from before 2020 leave the kind out.
            if field["unk_id"] != nil { return .unigram }
            return field["max_input_chars_per_word"] != nil ? .words : .pairs
        }
        let name = try type.string()
        guard let kind = ModelKind(rawValue: name) else {
            throw type.unsupported("a model of kind '\(name)'")
        }
        return kind
    }

    /// Reads the tables of a model.
    func tables(_ field: JSONField, _ kind: ModelKind) throws -> ModelTables {
        let vocabulary = try field.required("vocab")
        switch kind {
        case .pairs:
            let pieces = try BytePairFields.vocabulary(vocabulary)
            let merges = try BytePairFields.merges(field.required("merges"), vocabulary: pieces)
            return .pairs(pieces, merges)
        case .words: return .words(try BytePairFields.vocabulary(vocabulary))
        case .unigram: return try UnigramFields.tables(vocabulary)
        }
    }

    func model(
        _ field: JSONField,
        _ tables: ModelTables,
        unknown: Int32?
    ) throws -> any WordModel {
        switch tables {
        case .pairs(let vocabulary, let merges):
            return try bytePairModel(field, vocabulary, merges, unknown: unknown)
        case .words(let vocabulary):
            guard let unknown else {
                throw field.failure("The field 'model.unk_token' is missing.")
            }
            let longest = try field["max_input_chars_per_word"]?.id() ?? 100
            return WordPieceModel(
                vocabulary: vocabulary,
                prefix: try field["continuing_subword_prefix"]?.string() ?? "##",
                unknown: unknown,
                longestWord: Int(longest)
            )
        case .unigram(let trie, let scores):
            guard let unknown else { throw field.failure("The field 'model.unk_id' is missing.") }
            let isSpelled = try field["byte_fallback"]?.bool() ?? false
            return UnigramModel(
                trie: trie,
                scores: scores,
                lowestScore: scores.withElements { $0.min() ?? 0 },
                unknown: unknown,
                bytePieces: isSpelled ? BytePieces { trie.piece($0) } : nil,
                arithmetic: .double
            )
        }
    }

    private func bytePairModel(
        _ field: JSONField,
        _ vocabulary: Vocabulary,
        _ merges: MergeTable,
        unknown: Int32?
    ) throws -> BytePairModel {
        if let dropout = field["dropout"], try dropout.number() != 0 {
            throw dropout.unsupported("merges left out at random")
        }
        if let prefix = field["continuing_subword_prefix"], try !prefix.string().isEmpty {
            throw prefix.unsupported("a prefix for pieces within a word")
        }
        let suffix = try field["end_of_word_suffix"]?.string() ?? ""
        let isSpelled = try field["byte_fallback"]?.bool() ?? false
        let readsBytes = try readsBytes
        if readsBytes, isSpelled, let flag = field["byte_fallback"] {
            throw flag.unsupported("'byte_fallback' where all text is bytes already")
        }
        let alphabet: SymbolAlphabet =
            readsBytes
            ? .bytes(of: vocabulary, suffix: suffix)
            : .scalars(
                vocabulary,
                suffix: Array(suffix.utf8),
                isSpelled ? BytePieces { vocabulary.id(of: $0) } : nil
            )
        return BytePairModel(
            alphabet: alphabet,
            merges: merges,
            unknown: unknown,
            fusesUnknown: try field["fuse_unk"]?.bool() ?? false,
            wholeWords: try field["ignore_merges"]?.bool() ?? false ? vocabulary : nil
        )
    }
}
