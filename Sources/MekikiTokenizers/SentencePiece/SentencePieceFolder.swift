import Foundation
import MekikiCore

/// A folder with a SentencePiece model and no `tokenizer.json`: the model's class in transformers,
/// named in `tokenizer_config.json`, decides which ids its pieces have and what stands around them.
struct SentencePieceFolder {
    /// How a class of transformers uses the file.
    private enum Layout {
        /// `T5Tokenizer`: ids are places; sentinels follow the pieces.
        case t5
        /// `SiglipTokenizer`: T5's, without punctuation and in lower case.
        case siglip
        /// `XLMRobertaTokenizer`: fairseq's four special tokens come first.
        case fairseq
        /// `LlamaTokenizer` and `GemmaTokenizer`: ids are places.
        case llama
    }

    /// The names such files have, and the layout that goes with each unless a class says otherwise.
    static let fileNames = ["spiece.model", "sentencepiece.bpe.model", "tokenizer.model"]

    private let file: SentencePieceFile
    private let names: SpecialTokenNames
    private let configuration: JSONField?
    private let options: TokenizerOptions
    private let layout: Layout

    init(_ url: URL, options: TokenizerOptions) throws {
        let folder = url.deletingLastPathComponent()
        file = try SentencePieceFile(url)
        names = try SpecialTokenNames(folder: folder)
        configuration = try SpecialTokenNames.configuration(of: folder)
        self.options = options
        let name = url.lastPathComponent
        do {
            layout = try Self.layout(configuration?["tokenizer_class"], of: name)
        } catch  where options.start != nil && options.end != nil {
            // A class of the model's own: what it would say is said by the options.
            layout = try Self.layout(nil, of: name)
        }
    }

    private static func layout(_ field: JSONField?, of file: String) throws -> Layout {
        guard let field else {
            switch file {
            case "sentencepiece.bpe.model": return .fairseq
            case "tokenizer.model": return .llama
            default: return .t5
            }
        }
        var name = try field.string()
        if name.hasSuffix("Fast") { name.removeLast(4) }
        switch name {
        case "T5Tokenizer": return .t5
        case "SiglipTokenizer": return .siglip
        case "XLMRobertaTokenizer", "MLukeTokenizer": return .fairseq
        case "LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer": return .llama
        default: throw field.unsupported("the tokenizer '\(name)' with a SentencePiece model")
        }
    }

    func tokenizer() throws -> PipelineTokenizer {
        guard let place = file.kinds.firstIndex(of: .unknown) else {
            throw failure("The model has no piece for what it doesn't know.")
        }
        let idOffset: Int32 = layout == .fairseq ? 1 : 0
        let unknown = layout == .fairseq ? 3 : Int32(place)
        let added = try addedTokens()
        let start = try standardStart()
        let end = try standardEnd()
        let frame = TokenFrame(
            prefix: try (options.start ?? start).map(requiredID),
            suffix: try (options.end ?? end).map(requiredID),
            pair: pairFrame(start: start, end: end)
        )
        let normalization = try normalization()
        func named(_ role: SpecialTokenNames.Role) -> Int32? {
            names[role].flatMap { id(of: $0.content) }
        }
        let largest = added.map { Int($0.id) + 1 }.max() ?? 0
        return PipelineTokenizer(
            vocabularySize: max(file.count + Int(idOffset), largest),
            special: SpecialTokens(
                start: frame.prefix.first ?? named(.start),
                end: frame.suffix.last ?? named(.end),
                padding: named(.padding) ?? id(of: "<pad>") ?? frame.suffix.last,
                unknown: unknown
            ),
            rawTokens: AddedTokens(added.filter { !$0.isNormalized }),
            normalizedTokens: AddedTokens(added.filter(\.isNormalized), normalization),
            normalization: normalization,
            splits: [],
            model: try file.model(idOffset: idOffset, unknown: unknown),
            frame: frame
        )
    }

    // MARK: Ids

    /// The id of a special token or a piece.
    private func id(of token: String) -> Int32? {
        guard layout == .fairseq else {
            return sentinel(token) ?? file.piece(token).map(Int32.init)
        }
        switch token {
        case "<s>": return 0
        case "<pad>": return 1
        case "</s>": return 2
        case "<unk>": return 3
        case "<mask>": return Int32(file.count + 1)
        default: return file.piece(token).map { Int32($0 + 1) }
        }
    }

    /// T5 counts its sentinels down from the end.
    private func sentinel(_ token: String) -> Int32? {
        guard layout == .t5, token.hasPrefix("<extra_id_"), token.hasSuffix(">"),
            let number = Int(token.dropFirst(10).dropLast()), (0..<sentinelCount).contains(number)
        else { return nil }
        return Int32(file.count + sentinelCount - 1 - number)
    }

    private var sentinelCount: Int {
        guard layout == .t5, let field = configuration?["extra_ids"],
            let count = try? field.id()
        else { return 0 }
        return min(Int(count), 10_000)
    }

    private func requiredID(_ token: String) throws -> Int32 {
        guard let id = id(of: token) else {
            throw failure("The vocabulary lacks the special token '\(token)'.")
        }
        return id
    }

    // MARK: Frame

    private func standardStart() throws -> [String] {
        switch layout {
        case .t5, .siglip: return []
        case .fairseq: return [names[.start]?.content ?? "<s>"]
        case .llama:
            guard try configuration?["add_bos_token"]?.bool() ?? true else { return [] }
            return [names[.start]?.content ?? (file.piece("<bos>") == nil ? "<s>" : "<bos>")]
        }
    }

    private func standardEnd() throws -> [String] {
        switch layout {
        case .t5, .siglip, .fairseq: return [names[.end]?.content ?? "</s>"]
        case .llama:
            guard try configuration?["add_eos_token"]?.bool() ?? false else { return [] }
            return [names[.end]?.content ?? (file.piece("<eos>") == nil ? "</s>" : "<eos>")]
        }
    }

    private func pairFrame(start names: [String], end endNames: [String]) -> PairFrame? {
        let start = names.compactMap(id)
        let end = endNames.compactMap(id)
        guard start.count == names.count, end.count == endNames.count else { return nil }
        switch layout {
        case .fairseq: return .roberta(start: start, end: end)
        // Each text has its own frame.
        case .t5, .siglip, .llama:
            let type: Int32 = layout == .llama ? 1 : 0
            return PairFrame(
                elements: start.map { .token($0, type: 0) } + [.first(type: 0)]
                    + end.map { .token($0, type: 0) } + start.map { .token($0, type: type) }
                    + [.second(type: type)] + end.map { .token($0, type: type) }
            )
        }
    }

    // MARK: Added tokens

    private func addedTokens() throws -> [AddedTokens.Token] {
        var tokens = SpecialTokenNames.Role.allCases.compactMap { names[$0] }
        for key in ["cls_token", "sep_token", "mask_token"] {
            if let field = configuration?[key] { tokens.append(try SpecialTokenNames.token(field)) }
        }
        for field in try configuration?["additional_special_tokens"]?.elements() ?? [] {
            tokens.append(try SpecialTokenNames.token(field))
        }
        for number in 0..<sentinelCount { tokens.append(.init(content: "<extra_id_\(number)>")) }
        var known: [String: AddedTokens.Token] = [:]
        for token in tokens {
            guard let id = id(of: token.content) else { continue }
            known[token.content] = AddedTokens.Token(
                id: id,
                content: Array(token.content.unicodeScalars),
                stripsLeft: token.stripsLeft,
                stripsRight: token.stripsRight
            )
        }
        return Array(known.values)
    }

    // MARK: Normalisation

    private func normalization() throws -> [NormalizationStep] {
        let isLower =
            try options.lowercases ?? configuration?["do_lower_case"]?.bool() ?? (layout == .siglip)
        var steps: [NormalizationStep] = isLower ? [.lowercased] : []
        if layout == .siglip {
            // Python's string.punctuation goes, and with it the blanks that it leaves.
            let symbols: ScalarSet = .ranges([
                0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E,
            ])
            let pattern = TextPattern(alternatives: [[.init(set: symbols, least: 1, most: 1)]])
            steps += [
                .replaced(pattern, []), .blanksReplaced([" "]), .stripped(left: true, right: true),
            ]
        }
        return steps + [.sentencePiece(file.normalizer)]
    }

    private func failure(_ message: String) -> MekikiError {
        MekikiError(.badData, message + " Download the file again.", subject: file.path)
    }
}
