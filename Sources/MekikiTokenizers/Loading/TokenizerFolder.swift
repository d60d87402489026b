import Foundation
import MekikiCore

/// Finds out which tokenizer a model's folder holds, and loads it.
///
/// Known are `tokenizer.json` with byte-level byte pairs, and the pair `vocab.json` and
/// `merges.txt` as CLIP's models come with; the first wins where a folder has both.
/// `tokenizer_config.json` and `special_tokens_map.json` are heeded where they name special tokens.
public enum TokenizerFolder {
    /// Loads the tokenizer of a folder.
    ///
    /// - Parameter folder: A model's folder, laid out as on the model hub.
    /// - Returns: The tokenizer.
    /// - Throws: `MekikiError` that names the file and the field: `noInput` when there is no
    ///   tokenizer, `badData` when a file is damaged, `configuration` when it asks for something
    ///   that this version doesn't support.
    public static func load(_ folder: URL) throws -> any Tokenizer {
        if FolderFile.exists("tokenizer.json", in: folder) {
            return try TokenizerJSON(folder: folder).tokenizer()
        }
        if FolderFile.exists("vocab.json", in: folder) {
            return try VocabularyAndMerges(folder: folder).tokenizer()
        }
        let unsupported = [
            "spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "vocab.txt",
        ]
        for name in unsupported where FolderFile.exists(name, in: folder) {
            throw MekikiError(
                .configuration,
                "This kind of tokenizer is not supported yet. Choose a model with a byte-level "
                    + "tokenizer.json, or update Mekiki.",
                subject: folder.appendingPathComponent(name).path
            )
        }
        throw MekikiError(
            .noInput,
            "The folder holds no tokenizer: neither tokenizer.json nor vocab.json was found. "
                + "Download the model again.",
            subject: folder.path
        )
    }
}
