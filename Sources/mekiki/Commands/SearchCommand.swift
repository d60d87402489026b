import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki search [WORDS] [--image FILE] [--like ID]`: images that match.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find images by words, by an image, or by an image of the library.",
        discussion: """
            Words, images and library images can be given together: the search then looks for \
            what resembles all of them. Words are looked for in the picture, in captions, prompts and \
            the text in it, by meaning and to the letter. Filters, exclusions and dates are \
            understood: camera:canon taken:2024 -dog "exact words" 犬以外 昨年の夏.
            """
    )

    @Argument(help: "What the image shows, in Japanese or English.")
    var words: [String] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An image file that the wanted ones resemble.", valueName: "file"),
        completion: .file(extensions: ImageFormat.fileExtensions.sorted())
    )
    var image: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The number of an image in the library that the wanted ones resemble.",
            valueName: "id"
        )
    )
    var like: [ImageID] = []

    @Option(name: [.long, .customShort("n")], help: "How many results to print.")
    var limit = 16

    @Option(name: .long, help: "How many of the best results to pass over.")
    var offset = 0

    @OptionGroup var kinds: WordOptions
    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if words.isEmpty, image.isEmpty, like.isEmpty {
            throw ValidationError("Give words, --image FILE or --like ID.")
        }
        if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
        if offset < 0 { throw ValidationError("--offset must be 0 or more.") }
    }

    func run() async throws {
        let opened = try Library(library.folder)
        let parsed = kinds.parsed(words)
        var query = Query(parsed, limit: limit, offset: offset)
        if kinds.plain, !words.isEmpty {
            query.terms.append(.init(.words(words.joined(separator: " "))))
        }
        query.target = kinds.target
        query.method = kinds.method
        query.reranks = kinds.rerank
        let loaded = try await model.load(for: opened, output)
        for file in image {
            query.terms.append(.init(.picture(try Wiring.picture(at: file, for: loaded))))
        }
        query.terms += like.map { .init(.like($0)) }
        let hasTexts = try await opened.hasWordVectors
        let texts = hasTexts ? try await opened.wordModel(beside: loaded) : nil
        let result = try await opened.search(
            query,
            with: loaded,
            words: texts.flatMap { $0.isFit(for: query) ? $0.encoder : nil },
            reranker: try kinds.loadedReranker()
        )
        if output.json {
            try JSONOutput.print(SearchDocument(result, limit: limit, understood: parsed))
        } else {
            if !output.quiet { show(parsed) }
            SearchTable(result, terminal: .standardOutput).print(quiet: output.quiet)
        }
        guard !output.quiet else { return }
        if let texts, let note = texts.note, texts.isFit(for: query), query.method != .text,
            query.target != .image
        {
            Terminal.standardError.line("mekiki: " + note)
        }
        let waiting = try await opened.waitingCount(for: loaded)
        if waiting > 0 {
            Terminal.standardError.line(
                "\(Count.of(waiting, "image")) without a vector of this model: run `mekiki index` on "
                    + "their folder"
                    + (model.model == nil ? "." : " with the same --model, or `mekiki models use`.")
            )
        }
    }
}

extension SearchCommand {
    /// What was understood, where that is more than words.
    private func show(_ parsed: ParsedQuery?) {
        for chip in parsed?.chips ?? [] {
            Terminal.standardError.line(
                Terminal.standardError.styled(PrintableText.of("  \(chip.englishLabel)"), .faint)
            )
        }
        for hint in parsed?.hints ?? [] {
            Terminal.standardError.line("mekiki: " + PrintableText.of(hint))
        }
    }
}

extension ImageID: ExpressibleByArgument {
    /// Reads a number, 1 or more.
    public init?(argument: String) {
        guard let number = Int64(argument), number > 0 else { return nil }
        self.init(rawValue: number)
    }
}
