import Foundation
import MekikiCore

/// The repository that a model's tokenizer is taken from, where the model brings none.
enum TokenizerOrigin {
    /// Looks into a model's configuration.
    ///
    /// - Parameter folder: The model's folder, with its configuration.
    /// - Returns: `nil` when the folder has a vocabulary, or nothing says where one is.
    static func repository(for folder: URL) -> RepositoryName? {
        let there = SnapshotFiles(folder).paths
        guard !FileSelection(there).hasVocabulary else { return nil }
        if let config = object(folder.appending(path: "config.json")) {
            let text = config["text_config"] as? [String: Any]
            let encoder = config["text_encoder_config"] as? [String: Any]
            let backbone = encoder?["backbone_config"] as? [String: Any]
            let backboneName = backbone?["model_name"] as? String
            // Japanese models whose own code fetches the vocabulary of rinna's RoBERTa.
            let isRinna =
                config["model_type"] as? String == "clyp"
                || backboneName?.hasPrefix("rinna/") == true
                || (text?["model_type"] as? String == "roberta"
                    && text?["vocab_size"] as? Int == 32_000)
            if isRinna { return RepositoryName("rinna/japanese-roberta-base") }
        }
        if let config = object(folder.appending(path: "open_clip_config.json")) {
            let model = config["model_cfg"] as? [String: Any] ?? config
            let text = model["text_cfg"] as? [String: Any]
            let name = text?["hf_tokenizer_name"] as? String ?? text?["hf_model_name"] as? String
            // The hub moved the oldest repositories under their makers' names.
            return name.flatMap { RepositoryName(moved[$0] ?? $0) }
        }
        return nil
    }

    private static let moved = [
        "xlm-roberta-base": "FacebookAI/xlm-roberta-base",
        "xlm-roberta-large": "FacebookAI/xlm-roberta-large",
        "roberta-base": "FacebookAI/roberta-base",
    ]

    private static func object(_ file: URL) -> [String: Any]? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
    }
}
