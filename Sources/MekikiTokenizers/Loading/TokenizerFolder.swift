import Foundation
import MekikiCore

/// Finds out which tokenizer a model's folder holds, and loads it.
///
/// Known are, the first of them that a folder has: `tokenizer.json` with byte pairs, unigrams or word
/// pieces; the pair `vocab.json` and `merges.txt` as CLIP's models come with; SentencePiece's
/// `spiece.model`, `sentencepiece.bpe.model` and `tokenizer.model`; BERT's `vocab.txt`.
/// `tokenizer_config.json` and `special_tokens_map.json` are heeded where they name special tokens,
/// lower case, or the kind of tokenizer.
///
/// What is made of a large `tokenizer.json` is kept in `$XDG_CACHE_HOME/mekiki/tokenizers`, so that
/// it loads in an instant from the second time on.
public enum TokenizerFolder {
    /// Loads the tokenizer of a folder.
    ///
    /// - Parameters:
    ///   - folder: A model's folder, laid out as on the model hub.
    ///   - options: What the model wants that the files don't say.
    /// - Returns: The tokenizer.
    /// - Throws: `MekikiError` that names the file and the field: `noInput` when there is no
    ///   tokenizer, `badData` when a file is damaged, `configuration` when it asks for something
    ///   that this version doesn't support.
    public static func load(
        _ folder: URL,
        options: TokenizerOptions = TokenizerOptions()
    ) throws -> any Tokenizer {
        if FolderFile.exists("tokenizer.json", in: folder) {
            return try TokenizerJSON(folder: folder, options: options).tokenizer()
        }
        if FolderFile.exists("vocab.json", in: folder) {
            return try VocabularyAndMerges(folder: folder).tokenizer()
        }
        for name in SentencePieceFolder.fileNames where FolderFile.exists(name, in: folder) {
            let file = folder.appendingPathComponent(name)
            return try SentencePieceFolder(file, options: options).tokenizer()
        }
        if FolderFile.exists("vocab.txt", in: folder) {
            let file = folder.appendingPathComponent("vocab.txt")
            return try WordPieceFolder(file, options: options).tokenizer()
        }
        throw MekikiError(
            .noInput,
            "The folder holds no tokenizer: none of tokenizer.json, vocab.json, spiece.model, "
                + "sentencepiece.bpe.model, tokenizer.model and vocab.txt was found. Download the "
                + "model again.",
            subject: folder.path
        )
    }
}
