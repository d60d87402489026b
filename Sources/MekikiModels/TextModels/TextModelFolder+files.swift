import Foundation
import MekikiCore
import MekikiTensor

extension TextModelFolder {
    /// The contents of the transformer's config.json.
    func configuration() throws -> Data {
        let url = transformer.appending(path: "config.json")
        do {
            return try Data(contentsOf: url)
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read.",
                subject: url.path,
                cause: error
            )
        }
    }

    /// The longest text that the tokenizer's and the sentence encoder's files allow, in tokens.
    func statedLength() throws -> Int? {
        let sentence: SentenceFile? = try FolderJSON.read(
            "sentence_bert_config.json",
            in: transformer
        )
        if let length = sentence?.maximumLength { return length }
        let tokenizer: TokenizerFile? = try tokenizerFile()
        // Files that mean "any length" say 1e30.
        return tokenizer?.maximumLength.flatMap { $0 < 1e9 && $0 >= 1 ? Int($0) : nil }
    }

    /// Whether texts are put in lower case before anything else.
    func lowercases() throws -> Bool {
        let sentence: SentenceFile? = try FolderJSON.read(
            "sentence_bert_config.json",
            in: transformer
        )
        return sentence?.lowercases ?? false
    }

    /// Whether the tokenizer's token types are for the model to read, as transformers hands them on.
    func readsTokenTypes() throws -> Bool {
        let file = try tokenizerFile()
        if let names = file?.inputNames { return names.contains("token_type_ids") }
        var name = file?.kind ?? "BertTokenizer"
        if name.hasSuffix("Fast") { name.removeLast(4) }
        // `PreTrainedTokenizerFast` is what version 4 wrote, which handed them on.
        return !Self.typelessTokenizers.contains(name)
    }

    private static let typelessTokenizers: Set<String> = [
        "XLMRobertaTokenizer", "RobertaTokenizer", "CamembertTokenizer", "LukeTokenizer",
        "MLukeTokenizer", "DistilBertTokenizer", "MPNetTokenizer", "T5Tokenizer",
        "TokenizersBackend",
    ]

    /// The prompts that the model's files name.
    func prompts(name: String) throws -> TextPrompts {
        let file = try sentenceTransformersFile()
        return TextPrompts(
            file: (file?.prompts ?? [:]).compactMapValues { $0 },
            standard: file?.standardPrompt,
            name: name
        )
    }

    /// What `config_sentence_transformers.json` says.
    func sentenceTransformersFile() throws -> SentenceTransformersFile? {
        try FolderJSON.read("config_sentence_transformers.json", in: url)
    }

    /// A fingerprint of all that decides what the model gives: a SHA-256 in hexadecimal.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `MekikiError` with code `noInput` or `inputOutput` when a file can't be read.
    public func revision() throws -> String {
        let root = url.standardizedFileURL.path
        let folders = [url, transformer] + modules.map(\.folder)
        var files: [String] = []
        for folder in folders {
            let path = folder.standardizedFileURL.path
            let prefix = path == root ? "" : String(path.dropFirst(root.count + 1)) + "/"
            for name in Self.fingerprinted where !files.contains(prefix + name) {
                files.append(prefix + name)
            }
        }
        let denses = modules.filter { $0.kind == "Dense" }.map(\.folder)
        return try ModelFolder.revision(of: url, files: files, weights: [transformer] + denses)
    }

    /// The length of all weights in bytes.
    public var weightBytes: Int {
        get throws {
            let denses = modules.filter { $0.kind == "Dense" }.map(\.folder)
            let files = try ([transformer] + denses).flatMap { try WeightsLayout(folder: $0).files }
            return files.reduce(0) { sum, file in
                // The hub's cache holds links; their own length means nothing.
                let values = try? file.resolvingSymlinksInPath()
                    .resourceValues(forKeys: [.fileSizeKey])
                return sum + (values?.fileSize ?? 0)
            }
        }
    }

    private static let fingerprinted = [
        "config.json", "modules.json", "sentence_bert_config.json",
        "config_sentence_transformers.json", "tokenizer.json", "tokenizer_config.json",
        "special_tokens_map.json", "vocab.txt", "spiece.model", "sentencepiece.bpe.model",
        "tokenizer.model",
    ]

    private func tokenizerFile() throws -> TokenizerFile? {
        try FolderJSON.read("tokenizer_config.json", in: transformer)
    }

    private struct SentenceFile: Decodable {
        var maximumLength: Int?
        var lowercases: Bool?

        enum CodingKeys: String, CodingKey {
            case maximumLength = "max_seq_length"
            case lowercases = "do_lower_case"
        }
    }

    private struct TokenizerFile: Decodable {
        var kind: String?
        var maximumLength: Double?
        var inputNames: [String]?

        enum CodingKeys: String, CodingKey {
            case kind = "tokenizer_class"
            case maximumLength = "model_max_length"
            case inputNames = "model_input_names"
        }
    }
}

/// `config_sentence_transformers.json`.
struct SentenceTransformersFile: Decodable {
    var prompts: [String: String?]?
    var standardPrompt: String?
    var activation: String?
    var dimension: Int?

    enum CodingKeys: String, CodingKey {
        case prompts
        case standardPrompt = "default_prompt_name"
        case activation = "activation_fn"
        case dimension = "truncate_dim"
    }
}
