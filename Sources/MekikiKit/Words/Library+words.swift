import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Gives images their words after they have their vectors: texts beside them, the text in pictures, and
    /// vectors of captions, prompts and text.
    ///
    /// Other processes may index the library meanwhile, and cancelling the task loses nothing.
    ///
    /// - Parameters:
    ///   - model: The model at hand; where it is the starter, it serves for texts too.
    ///   - readsPictures: Whether the text in pictures is read; the library's setting `ocr` can turn it off
    ///     as well.
    ///   - notice: Is told, in a sentence, what could not be done and why.
    ///   - progress: Is told how far it has come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` when the catalog, a model or Tesseract fails.
    public func fillWords(
        with model: LoadedModel,
        readsPictures: Bool = true,
        notice: (String) -> Void = { _ in },
        progress: @escaping @Sendable (WordsProgress) -> Void = { _ in }
    ) async throws -> WordsReport {
        var engine: (any OCREngine)?
        if readsPictures {
            do {
                engine = try Wiring.ocrEngine()
            } catch let error as MekikiError where error.code == .unavailable {
                notice(error.message)
            }
        }
        let filling = WordsFilling(
            catalog: catalog,
            reader: reader,
            ocr: engine,
            encoder: try await wordModel(beside: model).encoder,
            metadataVersion: Wiring.metadataVersion
        )
        return try await filling { [folder] isStopped, work in
            // Who waits for a turn looks every 10 ms, and must find the library free.
            try await Task.sleep(for: .milliseconds(30))
            try await Wiring.whileIndexing(folder, waiting: nil, unless: isStopped, work)
        } progress: {
            progress($0)
        }
    }

    /// The model that compares words with the texts of images, and what to tell people about it.
    ///
    /// - Parameter model: The model at hand, which is used where it is the starter.
    /// - Returns: The encoder, and a sentence where a small model stands in.
    /// - Throws: `MekikiError` when the model can't be loaded.
    public func wordModel(beside model: LoadedModel) async throws -> LoadedWordModel {
        let starter =
            model.space.model == ModelChoice.starterName
            ? model : try Wiring.model(ModelChoice.starter())
        let choice = WordModelChoice(
            try await catalog.selection(of: .text),
            starter: starter.space
        )
        switch choice {
        case .starter:
            return LoadedWordModel(encoder: WordEncoder(starter.textEncoder), note: choice.note)
        case .model(let chosen):
            let name = chosen.folder ?? chosen.space.model
            let encoder = try Wiring.textModel(ModelChoice(named: name)).encoder
            return LoadedWordModel(encoder: WordEncoder(encoder), note: nil)
        }
    }

    /// Answers a query over pictures and their words.
    ///
    /// - Parameters:
    ///   - query: What is searched for.
    ///   - model: What makes the query's vectors of pictures.
    ///   - words: What makes its vectors of words; `nil` to compare no texts by meaning.
    ///   - reranker: What orders the best hits anew where the query asks for it.
    /// - Returns: One page of hits.
    /// - Throws: What ``Searcher`` throws.
    public func search(
        _ query: Query,
        with model: LoadedModel,
        words: (any TextEncoder)?,
        reranker: (any Reranker)? = nil
    ) async throws -> SearchResult {
        let searcher = Searcher(
            catalog: catalog,
            imageEncoder: model.imageEncoder,
            textEncoder: model.textEncoder,
            wordsEncoder: words,
            reranker: reranker,
            background: background
        )
        return try await searcher.search(query)
    }

    /// Whether the library has vectors of texts to compare words with.
    public var hasWordVectors: Bool {
        get async throws {
            try await catalog.statistics().spaces.contains {
                $0.space.role == .text && $0.vectorCount > 0
            }
        }
    }

    /// Takes captions from a file over into the library: those of the same file before are replaced.
    ///
    /// - Parameter data: The file: one JSON object of names and captions, or JSON Lines.
    /// - Returns: What was found and what was not.
    /// - Throws: `MekikiError`: `badData` for another file; `unavailable` while another process indexes.
    public func importCaptions(_ data: Data) async throws -> CaptionImport.Report {
        let file = try CaptionFile(data)
        return try await alone { try await CaptionImport(catalog: catalog)(file) }
    }

    /// The captions of all images, as a file that `importCaptions` takes.
    ///
    /// - Returns: The file, and how many captions it has.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func exportCaptions() async throws -> (data: Data, count: Int) {
        try await CaptionExport(catalog: catalog)()
    }

    /// Sets the caption that the user wrote.
    ///
    /// - Parameters:
    ///   - caption: The caption; `nil` to take it away, so that those of others show again.
    ///   - id: The image.
    /// - Returns: What the user wrote of the image.
    /// - Throws: `MekikiError`: `noInput` for an unknown image, `usage` for a caption that is too long.
    @discardableResult
    public func setCaption(
        _ caption: String?,
        of id: ImageID
    ) async throws -> WordEditing.Words {
        try await alone { try await WordEditing(catalog: catalog).setCaption(caption, of: id) }
    }

    /// All texts of an image, those of its file first.
    ///
    /// - Parameter id: The image.
    /// - Returns: The texts.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func texts(of id: ImageID) async throws -> [ImageText] {
        try await catalog.texts(of: [id])[id] ?? []
    }

    /// Words of the library that begin like this, most frequent first.
    ///
    /// - Parameters:
    ///   - beginning: The beginning of a word.
    ///   - limit: How many are wanted.
    /// - Returns: The words with the number of images that have them.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func suggestions(
        for beginning: String,
        limit: Int
    ) async throws -> [(word: String, count: Int)] {
        try await catalog.suggestions(for: beginning, limit: limit)
    }
}
