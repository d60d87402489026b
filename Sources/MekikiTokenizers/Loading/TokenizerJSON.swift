import Foundation
import MekikiCore

/// A `tokenizer.json` of the `tokenizers` library: a whole pipeline in one file.
///
/// What it asks for beyond this version is refused by name; it is never skipped, because the ids
/// would be wrong without anyone noticing.
struct TokenizerJSON {
    let root: JSONField
    private let names: SpecialTokenNames
    private let configuration: JSONField?
    private let options: TokenizerOptions
    private let cache: TokenizerCache?
    /// What the cache held of the model.
    private let cachedTables: ModelTables?
    /// What a new cache keeps of the file: all but the large tables.
    private let remainder: [UInt8]

    /// The fields that make files large.
    private static let largeFields: Set<String> = ["vocab", "merges"]

    /// Models in use have four at most.
    private static let mostSpecialTokens = 8

    init(folder: URL, options: TokenizerOptions = .init(), caches: URL? = nil) throws {
        let url = folder.appendingPathComponent("tokenizer.json")
        cache = TokenizerCache(of: url, in: caches)
        names = try SpecialTokenNames(folder: folder)
        configuration = try SpecialTokenNames.configuration(of: folder)
        self.options = options
        if var reader = cache?.read(), let remainder = try? reader.bytes(),
            let root = try? JSONField(remainder, file: url.path),
            let tables = try? ModelTables(from: &reader)
        {
            self.root = root
            cachedTables = tables
            self.remainder = []
            return
        }
        let bytes = try FolderFile.bytes(of: url)
        root = try JSONField(bytes, file: url.path, deferring: Self.largeFields)
        cachedTables = nil
        remainder = cache == nil ? [] : Self.remainder(of: bytes, root)
    }

    /// The file without its large tables.
    private static func remainder(of bytes: [UInt8], _ root: JSONField) -> [UInt8] {
        let ranges = largeFields.compactMap { root["model"]?[$0]?.unreadRange }
            .sorted { $0.lowerBound < $1.lowerBound }
        var result: [UInt8] = []
        var start = 0
        for range in ranges {
            result += bytes[start..<range.lowerBound]
            result += "null".utf8
            start = range.upperBound
        }
        return result + bytes[start...]
    }

    func tokenizer() throws -> PipelineTokenizer {
        let field = try root.required("model")
        let kind = try modelKind(field)
        let tables = try cachedTables ?? tables(field, kind)
        let added = withNamedTokens(
            try root["added_tokens"]?.elements().map(addedToken) ?? [],
            tables
        )
        let normalization = try allNormalization()
        let frame = try frame(tables, added)
        let unknown = try unknownID(field, kind, tables, added)
        let splits = try root["pre_tokenizer"].map(splits) ?? []
        let tokenizer = PipelineTokenizer(
            vocabularySize: max(tables.size, added.map { Int($0.id) + 1 }.max() ?? 0),
            special: specialTokens(frame, unknown: unknown, tables, added),
            rawTokens: AddedTokens(added.filter { !$0.isNormalized }),
            normalizedTokens: AddedTokens(added.filter(\.isNormalized), normalization),
            normalization: normalization,
            splits: splits,
            model: try model(field, tables, unknown: unknown),
            frame: frame
        )
        if cachedTables == nil, let cache {
            var writer = CacheWriter()
            writer.append(remainder)
            tables.write(to: &writer)
            cache.write(writer)
        }
        return tokenizer
    }

    // MARK: Added tokens

    /// Special tokens that only the configuration names are looked for as well, as in transformers.
    private func withNamedTokens(
        _ added: [AddedTokens.Token],
        _ tables: ModelTables
    ) -> [AddedTokens.Token] {
        var added = added
        for token in SpecialTokenNames.Role.allCases.compactMap({ names[$0] }) {
            let content = Array(token.content.unicodeScalars)
            guard !added.contains(where: { $0.content == content }),
                let id = tables.id(of: token.content)
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

    private func id(
        of token: String,
        _ tables: ModelTables,
        _ added: [AddedTokens.Token]
    ) -> Int32? {
        let scalars = Array(token.unicodeScalars)
        return added.first { $0.content == scalars }?.id ?? tables.id(of: token)
    }

    // MARK: Normalisation

    private func allNormalization() throws -> [NormalizationStep] {
        let steps = try root["normalizer"].map(normalizationSteps) ?? []
        // SigLIP 2 learned from text in lower case. Its class in transformers lowers it, and so do we
        // for its files of before that class, whose own setting was not heeded.
        let name = try configuration?["tokenizer_class"]?.string() ?? ""
        let isLower =
            try name.hasPrefix("Siglip2Tokenizer")
            || (name.hasPrefix("GemmaTokenizer")
                && configuration?["do_lower_case"]?.bool() ?? false)
        return options.lowercases ?? isLower ? [.lowercased] + steps : steps
    }

    // MARK: Unknown and special tokens

    private func unknownID(
        _ field: JSONField,
        _ kind: ModelKind,
        _ tables: ModelTables,
        _ added: [AddedTokens.Token]
    ) throws -> Int32? {
        if kind == .unigram {
            guard let unknown = field["unk_id"] else { return nil }
            let id = try unknown.id()
            guard id < tables.size else { throw unknown.mismatch("a piece of the vocabulary") }
            return id
        }
        guard let token = field["unk_token"] else { return nil }
        let id = id(of: try token.string(), tables, added)
        guard let id else { throw token.mismatch("a piece of the vocabulary") }
        return id
    }

    private func frame(_ tables: ModelTables, _ added: [AddedTokens.Token]) throws -> TokenFrame {
        var frame = try root["post_processor"].map(frame) ?? .bare
        func ids(_ tokens: [String]) throws -> [Int32] {
            try tokens.map { token in
                guard let id = id(of: token, tables, added) else {
                    throw root.failure("The vocabulary lacks the special token '\(token)'.")
                }
                return id
            }
        }
        if let start = options.start { frame.prefix = try ids(start) }
        if let end = options.end { frame.suffix = try ids(end) }
        let size = max(tables.size, added.map { Int($0.id) + 1 }.max() ?? 0)
        let special = frame.prefix + frame.suffix + (frame.pair?.tokens ?? [])
        // Nothing would be left of a text that has to fit a model's limit.
        for count in [frame.count, frame.pair?.tokens.count ?? 0]
        where count > Self.mostSpecialTokens {
            throw root.failure(
                "The post-processor puts \(count) special tokens around a text; up to "
                    + "\(Self.mostSpecialTokens) are supported."
            )
        }
        if let id = special.first(where: { $0 >= size }) {
            throw root.failure("The id \(id) of the post-processor is outside the vocabulary.")
        }
        return frame
    }

    private func specialTokens(
        _ frame: TokenFrame,
        unknown: Int32?,
        _ tables: ModelTables,
        _ added: [AddedTokens.Token]
    ) -> SpecialTokens {
        func named(_ role: SpecialTokenNames.Role) -> Int32? {
            names[role].flatMap { id(of: $0.content, tables, added) }
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
