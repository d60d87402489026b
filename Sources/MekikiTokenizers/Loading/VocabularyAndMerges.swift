import Foundation
import MekikiCore

/// The pair of files `vocab.json` and `merges.txt`, read the way CLIP's models mean it.
///
/// The files hold no pipeline; the one here is that of `CLIPTokenizer` in transformers 5.
struct VocabularyAndMerges {
    private let folder: URL
    private let names: SpecialTokenNames

    init(folder: URL) throws {
        self.folder = folder
        names = try SpecialTokenNames(folder: folder)
    }

    func tokenizer() throws -> PipelineTokenizer {
        let vocabularyFile = folder.appendingPathComponent("vocab.json")
        let vocabulary = try BytePairFields.vocabulary(JSONField(contentsOf: vocabularyFile))
        let merges = try MergesFile(folder.appendingPathComponent("merges.txt"))
            .table(vocabulary: vocabulary)
        var ids: [SpecialTokenNames.Role: Int32] = [:]
        var added: [String: AddedTokens.Token] = [:]
        for role in SpecialTokenNames.Role.allCases {
            let token = names[role] ?? .init(content: Self.defaultContent(of: role))
            guard let id = vocabulary.id(of: token.content) else {
                throw MekikiError(
                    .badData,
                    "The vocabulary lacks the special token '\(token.content)'. Mekiki reads this "
                        + "pair of files only as CLIP's models use it.",
                    subject: vocabularyFile.path
                )
            }
            ids[role] = id
            // Of several roles with one token the last one's flags count, as in transformers.
            added[token.content] = AddedTokens.Token(
                id: id,
                content: Array(token.content.unicodeScalars),
                isNormalized: token.isNormalized,
                stripsLeft: token.stripsLeft,
                stripsRight: token.stripsRight
            )
        }
        let start = [ids[.start]].compactMap(\.self)
        let end = [ids[.end]].compactMap(\.self)
        let normalization: [NormalizationStep] = [
            .composed, .blanksReplaced([" "]), .lowercased,
        ]
        return PipelineTokenizer(
            vocabularySize: vocabulary.size,
            special: SpecialTokens(
                start: ids[.start],
                end: ids[.end],
                padding: ids[.padding],
                unknown: ids[.unknown]
            ),
            rawTokens: AddedTokens(added.values.filter { !$0.isNormalized }),
            normalizedTokens: AddedTokens(added.values.filter(\.isNormalized), normalization),
            normalization: normalization,
            splits: [.rule(.clip), .rule(.gpt2)],
            model: BytePairModel(
                alphabet: .bytes(of: vocabulary, suffix: "</w>"),
                merges: merges,
                unknown: ids[.unknown],
                fusesUnknown: false
            ),
            frame: TokenFrame(
                prefix: start,
                suffix: end,
                pair: .roberta(start: start, end: end)
            )
        )
    }

    private static func defaultContent(of role: SpecialTokenNames.Role) -> String {
        role == .start ? "<|startoftext|>" : "<|endoftext|>"
    }
}
