/// Which of a repository's files a model needs: configuration, tokenizer, and one set of weights.
struct FileSelection: Sendable, Hashable {
    /// Configuration and tokenizer files.
    var small: [String]

    /// The weights, or the file that lists their parts.
    var weights: String?

    /// Whether `weights` lists the parts that hold them.
    var weightsAreListed: Bool { weights?.hasSuffix(".index.json") == true }

    /// Chooses among files.
    ///
    /// - Parameter paths: The paths of all files that are there.
    init(_ paths: some Sequence<String>) {
        let paths = Set(paths)
        small = Self.wanted.filter(paths.contains)
        weights =
            Self.weightFiles.first { needed, file in
                paths.contains(file) && needed.map(paths.contains) != false
            }?.file
    }

    /// All files that are named by name alone.
    var all: [String] { small + (weights.map { [$0] } ?? []) }

    /// The files of a repository that only lends its tokenizer.
    static let tokenizerFiles = [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
        "vocab.json", "merges.txt", "vocab.txt", "spiece.model", "sentencepiece.bpe.model",
        "tokenizer.model",
    ]

    /// The files of which one holds a vocabulary.
    private static let vocabularies: Set = [
        "tokenizer.json", "vocab.json", "vocab.txt", "spiece.model", "onnx/spiece.model",
        "sentencepiece.bpe.model", "tokenizer.model",
    ]

    /// Whether a vocabulary is among the files.
    var hasVocabulary: Bool { small.contains(where: Self.vocabularies.contains) }

    /// The files that are known by name and not there, so that other programs needn't ask for them.
    ///
    /// - Parameter paths: The paths of all files that are there.
    /// - Returns: Names without folders.
    static func absent(from paths: some Sequence<String>) -> [String] {
        let paths = Set(paths)
        return wanted.filter { !$0.contains("/") && !paths.contains($0) }
    }

    /// Names of small files, and of the folders' files that sentence encoders have.
    private static let wanted =
        [
            "config.json", "open_clip_config.json", "preprocessor_config.json",
            "processor_config.json",
        ] + tokenizerFiles + [
            // Where a Japanese model keeps the vocabulary that its own code fetches elsewhere.
            "onnx/spiece.model",
            "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
            "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors",
            "3_Dense/config.json", "3_Dense/model.safetensors",
        ]

    /// Weights in the order of preference, each with the configuration that it goes with.
    ///
    /// A repository may hold the same weights several times under the names of several libraries;
    /// pickles come last, because they say nothing that safetensors don't say.
    private static let weightFiles: [(needed: String?, file: String)] = [
        ("config.json", "model.safetensors"),
        ("config.json", "model.safetensors.index.json"),
        ("open_clip_config.json", "open_clip_model.safetensors"),
        (nil, "model.safetensors"),
        (nil, "model.safetensors.index.json"),
        (nil, "open_clip_model.safetensors"),
        ("open_clip_config.json", "open_clip_pytorch_model.bin"),
        (nil, "pytorch_model.bin"),
        (nil, "open_clip_pytorch_model.bin"),
    ]
}
