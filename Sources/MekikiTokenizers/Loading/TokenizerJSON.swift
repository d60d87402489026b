import Foundation
import MekikiCore

/// A `tokenizer.json` of the `tokenizers` library: a whole pipeline in one file.
///
/// What it asks for beyond this version is refused by name; it is never skipped, because the ids
/// would be wrong without anyone noticing.
struct TokenizerJSON {
    private let root: JSONField
    private let names: SpecialTokenNames

    init(folder: URL) throws {
        root = try JSONField(contentsOf: folder.appendingPathComponent("tokenizer.json"))
        names = try SpecialTokenNames(folder: folder)
    }

    func tokenizer() throws -> PipelineTokenizer {
        let field = try root.required("model")
        // Files from before 2020 leave the kind of a byte-pair model out.
        let kind = try field["type"]?.string() ?? "BPE"
        guard kind == "BPE" else {
            throw try field.required("type").unsupported("a model of kind '\(kind)'")
        }
        let vocabulary = try BytePairFields.vocabulary(field.required("vocab"))
        let normalization = try root["normalizer"].map(normalizationSteps) ?? []
        let added = withNamedTokens(
            try root["added_tokens"]?.elements().map(addedToken) ?? [],
            vocabulary: vocabulary
        )
        let frame = try root["post_processor"].map(frame) ?? TokenFrame(prefix: [], suffix: [])
        let largestAdded = added.map { Int($0.id) + 1 }.max() ?? 0
        let unknown = try unknownID(field, vocabulary, added)
        return PipelineTokenizer(
            vocabularySize: max(vocabulary.size, largestAdded),
            special: specialTokens(frame, unknown: unknown, vocabulary: vocabulary, added: added),
            rawTokens: AddedTokens(added.filter { !$0.isNormalized }),
            normalizedTokens: AddedTokens(added.filter(\.isNormalized), normalization),
            normalization: normalization,
            splits: try wordSplits(),
            model: try bytePairModel(field, vocabulary: vocabulary, unknown: unknown),
            frame: frame
        )
    }

    /// Special tokens that only the configuration names are looked for as well, as in transformers.
    private func withNamedTokens(
        _ added: [AddedTokens.Token],
        vocabulary: Vocabulary
    ) -> [AddedTokens.Token] {
        var added = added
        for token in SpecialTokenNames.Role.allCases.compactMap({ names[$0] }) {
            let content = Array(token.content.unicodeScalars)
            guard !added.contains(where: { $0.content == content }),
                let id = vocabulary.id(of: token.content)
            else { continue }
            added.append(
                AddedTokens.Token(
                    id: id,
                    content: content,
                    isNormalized: token.isNormalized,
                    stripsLeft: token.stripsLeft,
                    stripsRight: token.stripsRight
                )
            )
        }
        return added
    }

    // MARK: Splitting

    /// Byte pairs over bytes need the stage that says so.
    private func wordSplits() throws -> [SplitRule] {
        let field = try root.required("pre_tokenizer")
        let stages = try field["pretokenizers"]?.elements() ?? [field]
        guard try stages.last?.required("type").string() == "ByteLevel" else {
            throw field.unsupported("byte pairs over something other than bytes")
        }
        return try splitRules(field)
    }

    // MARK: Model

    private func bytePairModel(
        _ field: JSONField,
        vocabulary: Vocabulary,
        unknown: Int32?
    ) throws -> BytePairModel {
        if let dropout = field["dropout"], try dropout.number() != 0 {
            throw dropout.unsupported("merges left out at random")
        }
        if let prefix = field["continuing_subword_prefix"], try !prefix.string().isEmpty {
            throw prefix.unsupported("a prefix for pieces within a word")
        }
        for key in ["byte_fallback", "ignore_merges"] {
            if let flag = field[key], try flag.bool() { throw flag.unsupported("'\(key)'") }
        }
        return BytePairModel(
            vocabulary: vocabulary,
            merges: try merges(field.required("merges"), vocabulary: vocabulary),
            endOfWordSuffix: try field["end_of_word_suffix"]?.string() ?? "",
            unknown: unknown,
            fusesUnknown: try field["fuse_unk"]?.bool() ?? false
        )
    }

    private func unknownID(
        _ field: JSONField,
        _ vocabulary: Vocabulary,
        _ added: [AddedTokens.Token]
    ) throws -> Int32? {
        guard let token = field["unk_token"] else { return nil }
        let id = id(of: try token.string(), vocabulary: vocabulary, added: added)
        guard let id else { throw token.mismatch("a piece of the vocabulary") }
        return id
    }

    /// Merges are written as "a b" or, since 2024, as ["a", "b"].
    private func merges(_ field: JSONField, vocabulary: Vocabulary) throws -> MergeTable {
        guard case .array(let elements) = field.value else { throw field.mismatch("a list") }
        var table = MergeTable(capacity: elements.count)
        for (index, element) in elements.enumerated() {
            var left: String
            var right: String
            switch element {
            case .array(let pieces):
                guard pieces.count == 2, case .string(let first) = pieces[0],
                    case .string(let second) = pieces[1]
                else { throw field.mismatch("a list of pairs; entry \(index) is none") }
                (left, right) = (first, second)
            case .string(let line):
                let pieces = line.utf8.split(separator: UInt8(ascii: " "))
                guard pieces.count == 2 else {
                    throw field.mismatch("a list of pairs; entry \(index) is none")
                }
                (left, right) = (String(pieces[0]) ?? "", String(pieces[1]) ?? "")
            default: throw field.mismatch("a list of pairs; entry \(index) is none")
            }
            let missing = left.withUTF8 { left in
                right.withUTF8 {
                    BytePairFields.append(left, $0, to: &table, vocabulary: vocabulary)
                }
            }
            if let missing {
                throw field.mismatch("made of pieces; '\(missing)' is not in the vocabulary")
            }
        }
        return table
    }

    private func id(
        of token: String,
        vocabulary: Vocabulary,
        added: [AddedTokens.Token]
    ) -> Int32? {
        let scalars = Array(token.unicodeScalars)
        return added.first { $0.content == scalars }?.id ?? vocabulary.id(of: token)
    }

    private func specialTokens(
        _ frame: TokenFrame,
        unknown: Int32?,
        vocabulary: Vocabulary,
        added: [AddedTokens.Token]
    ) -> SpecialTokens {
        func named(_ role: SpecialTokenNames.Role) -> Int32? {
            names[role].flatMap { id(of: $0.content, vocabulary: vocabulary, added: added) }
        }
        let end = frame.suffix.last ?? named(.end)
        let padding = root["padding"]?["pad_id"].flatMap { try? $0.id() }
        return SpecialTokens(
            start: frame.prefix.first ?? named(.start),
            end: end,
            padding: named(.padding) ?? padding ?? end,
            unknown: unknown ?? named(.unknown)
        )
    }
}
