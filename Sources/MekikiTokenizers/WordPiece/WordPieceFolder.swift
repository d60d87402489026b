import Foundation
import MekikiCore

/// A folder with a `vocab.txt` and no `tokenizer.json`: BERT's tokenizer, a piece a line.
struct WordPieceFolder {
    private let url: URL
    private let names: SpecialTokenNames
    private let configuration: JSONField?
    private let options: TokenizerOptions

    init(_ url: URL, options: TokenizerOptions) throws {
        let folder = url.deletingLastPathComponent()
        self.url = url
        names = try SpecialTokenNames(folder: folder)
        configuration = try SpecialTokenNames.configuration(of: folder)
        self.options = options
        try refuseOtherKinds()
    }

    private func refuseOtherKinds() throws {
        guard let field = configuration?["tokenizer_class"] else { return }
        var name = try field.string()
        if name.hasSuffix("Fast") { name.removeLast(4) }
        switch name {
        case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MPNetTokenizer": return
        case "BertJapaneseTokenizer":
            let splitter = try configuration?["word_tokenizer_type"]?.string() ?? "basic"
            throw field.unsupported(
                "Japanese BERT's tokenizer, which finds words with '\(splitter)' first"
            )
        default: throw field.unsupported("the tokenizer '\(name)' with a vocab.txt")
        }
    }

    private func pairFrame(start: Int32?, end: Int32?) throws -> PairFrame? {
        guard let start, let end else { return nil }
        let name = try configuration?["tokenizer_class"]?.string() ?? ""
        // MPNet puts two texts together as RoBERTa does.
        return name.hasPrefix("MPNetTokenizer")
            ? .roberta(start: [start], end: [end]) : .bert(start: [start], end: [end])
    }

    func tokenizer() throws -> PipelineTokenizer {
        let vocabulary = try vocabulary()
        func id(_ token: String) throws -> Int32 {
            guard let id = vocabulary.id(of: token) else {
                throw MekikiError(
                    .badData,
                    "The vocabulary lacks the special token '\(token)'. Download the file again.",
                    subject: url.path
                )
            }
            return id
        }
        func token(_ key: String, _ standard: String) throws -> String {
            try configuration?[key].map(SpecialTokenNames.token)?.content ?? standard
        }
        let unknown = try names[.unknown]?.content ?? token("unk_token", "[UNK]")
        let padding = names[.padding]?.content ?? "[PAD]"
        let start = try token("cls_token", "[CLS]")
        let end = try token("sep_token", "[SEP]")
        let mask = try token("mask_token", "[MASK]")
        let frame = TokenFrame(
            prefix: try (options.start ?? [start]).map(id),
            suffix: try (options.end ?? [end]).map(id),
            pair: try pairFrame(start: vocabulary.id(of: start), end: vocabulary.id(of: end))
        )
        let added = Set([unknown, padding, start, end, mask]).compactMap { token in
            vocabulary.id(of: token)
                .map { AddedTokens.Token(id: $0, content: Array(token.unicodeScalars)) }
        }
        let lowercases = try options.lowercases ?? configuration?["do_lower_case"]?.bool() ?? true
        let normalizer = BERTNormalizer(
            separatesIdeographs: try configuration?["tokenize_chinese_chars"]?.bool() ?? true,
            stripsAccents: try configuration?["strip_accents"]?.bool() ?? lowercases,
            lowercases: lowercases
        )
        return PipelineTokenizer(
            vocabularySize: vocabulary.size,
            special: SpecialTokens(
                start: frame.prefix.first,
                end: frame.suffix.last,
                padding: vocabulary.id(of: padding),
                unknown: try id(unknown)
            ),
            rawTokens: AddedTokens(added),
            normalizedTokens: AddedTokens([]),
            normalization: [.bert(normalizer)],
            splits: [.scalars(.whitespace, .removed), .scalars(.punctuation, .isolated)],
            model: WordPieceModel(
                vocabulary: vocabulary,
                prefix: "##",
                unknown: try id(unknown),
                longestWord: 100
            ),
            frame: frame
        )
    }

    private func vocabulary() throws -> Vocabulary {
        let bytes = try FolderFile.bytes(of: url)
        var vocabulary = Vocabulary(capacity: bytes.count / 8)
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var line: Int32 = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                var piece = bytes[start..<end]
                if piece.last == UInt8(ascii: "\r") { piece.removeLast() }
                vocabulary.insert(UnsafeBufferPointer(rebasing: piece), id: line)
                line += 1
                start = end + 1
            }
        }
        return vocabulary
    }
}
