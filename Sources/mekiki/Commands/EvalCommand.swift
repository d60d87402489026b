import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki eval FILE`: how well models find what a person judged as right.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well models find the right images, by queries of your own.",
        discussion: """
            The file has one query a line, as JSON:

              {"query": "夜の海", "images": ["sea/night.jpg", 12], "language": "ja", "kind": "scene"}
              {"query": "a cat", "images": [{"image": "cat.jpg", "grade": 2}, "cats.jpg"]}

            Images are named by path (absolute, below the file's folder, or the end of one), by \
            number or by SHA-256. A grade says how right an image is; it is 1 where none is given. \
            Where a line names no language, the words' script decides.

            Every query is compared with all images. recall@k is the share of a query's right \
            images among the first k, MRR the mean of one over the first right image's place, \
            nDCG@10 counts right images by their place and grade. Bounds hold 95 % of the means of \
            1,000 draws from the queries (bootstrap).
            """
    )

    @Argument(help: "Queries with their right images, JSON Lines.", completion: .file())
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A model whose vectors the library has; several to compare them on the same queries.",
            valueName: "model"
        ),
        completion: .directory
    )
    var model: [String] = []

    @Flag(name: .long, help: "Print also where the right images of each query stand.")
    var each = false

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let queryFile = JudgedQueryFile(try TextFile.read(file))
        let opened = try Library(library.folder)
        let folders = [
            URL(filePath: file).standardizedFileURL.deletingLastPathComponent().path,
            FileManager.default.currentDirectoryPath,
        ]
        let (queries, missing) = try await opened.resolve(queryFile.queries, below: folders)
        let problems = (queryFile.problems + missing).sorted { $0.line < $1.line }
        if !output.json || queries.isEmpty { show(problems) }
        guard !queries.isEmpty else {
            throw MekikiError(
                .badData,
                "No line can be used: "
                    + (problems.isEmpty ? "the file is empty." : "each has a problem, as listed."),
                subject: file
            )
        }
        let detected = queries.count(where: \.query.isLanguageDetected)
        if detected > 0, !output.quiet {
            Terminal.standardError.line(
                "The language of \(Count.of(detected, "query", "queries")) was told by the script."
            )
        }
        var reports: [EvaluationReport] = []
        let progress = ProgressLine(.standardError)
        // First all models, so that a slip of the pen costs no waiting.
        let models = try await models(of: opened)
        for model in models {
            let report = try await opened.evaluate(queries, with: model) { done in
                guard !output.quiet else { return }
                progress.update(
                    IndexingProgress(
                        phase: .completing,
                        folder: model.summary.name,
                        done: done,
                        total: queries.count
                    ),
                    noun: "queries"
                )
            }
            progress.finish()
            reports.append(report)
            warn(of: report)
        }
        let document = EvaluationDocument(reports, queries, problems, each: each)
        if output.json {
            try JSONOutput.print(document)
        } else {
            EvaluationTable(.standardOutput).print(document)
        }
    }

    /// The models that were named, else the library's own.
    private func models(of library: Library) async throws -> [LoadedModel] {
        let shelf = ModelShelf()
        guard !model.isEmpty else {
            return [try await library.model(named: nil, from: shelf).model]
        }
        var models: [LoadedModel] = []
        for name in model { models.append(try await library.model(called: name, from: shelf)) }
        return models
    }

    private func show(_ problems: [EvaluationProblem]) {
        guard !output.quiet else { return }
        for problem in problems.prefix(20) {
            let image = problem.image.map { "\($0): " } ?? ""
            Terminal.standardError.line(
                PrintableText.of("\(file): line \(problem.line): \(image)\(problem.reason)")
            )
        }
        if problems.count > 20 {
            Terminal.standardError.line("… and \(problems.count - 20) more (--json lists all)")
        }
    }

    private func warn(of report: EvaluationReport) {
        guard report.waitingImageCount > 0, !output.quiet else { return }
        let images = Count.of(report.waitingImageCount, "image")
        Terminal.standardError.line(
            "mekiki: warning: \(images) of the library without a vector of \(report.space.model) "
                + "can't be found, \(report.unrankedRightImageCount) times a right one: run "
                + "`mekiki index` on the folders with this model first."
        )
    }
}
