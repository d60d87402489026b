import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki index FOLDER…`: folders into the library.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read folders of images into the library, or bring it up to date with them.",
        discussion: """
            Only new and changed files are read. Files that can't be read are listed by \
            `mekiki doctor` and tried again when they change. Stop with ctrl-C at any time: \
            the next run goes on from there. With --watch, the program stays and indexes what \
            changes, until ctrl-C.
            """
    )

    @Argument(help: "Folders of images, searched with their subfolders.", completion: .directory)
    var folders: [String]

    @Flag(
        name: .long,
        help: "Forget images whose files are gone, however many they are."
    )
    var prune = false

    @Flag(
        name: .long,
        help: "Stay, and index what changes in the folders; --prune holds for the first run."
    )
    var watch = false

    @Flag(
        name: .long,
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Read the text in pictures with Tesseract, after everything else.",
            discussion: "MEKIKI_OCR=off in the environment leaves it, too."
        )
    )
    var ocr = true

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        // First what may be wrong, so that a slip of the pen leaves no empty library behind.
        for folder in folders { _ = try FolderScan.resolve(folder) }
        try await ModelOffer.make(model, library.folder, output)
        let shelf = ModelShelf()
        if !library.folder.exists {
            if let name = model.model {
                _ = try await shelf.model(named: name)
            } else {
                _ = try await shelf.standard()
            }
        }
        let opened = try Library(library.folder, creating: true)
        let notes = RunNotes(output)
        let models: Library.ModelChoosing = { [name = model.model] in
            let models = try await opened.indexingModels(named: name, from: shelf)
            notes.show(models, isFirst: try await opened.selection().current == nil)
            return models
        }
        if watch {
            try await stay(opened, models)
        } else {
            try await indexOnce(opened, models)
        }
    }

    private func indexOnce(_ opened: Library, _ models: @escaping Library.ModelChoosing)
        async throws
    {
        let progress = ProgressLine(.standardError)
        let start = ContinuousClock.now
        let task = Task {
            try await opened.index(
                folders,
                with: models,
                options: IndexingOptions(prune: prune),
                progress: { if !output.quiet { progress.update($0) } }
            )
        }
        let interruption = Interruption { task.cancel() }
        let result = await task.result
        interruption.end()
        progress.finish()
        let report = try result.get()
        try show(report, seconds: (ContinuousClock.now - start) / .seconds(1))
        if report.wasStopped {
            throw MekikiError(
                .cancelled,
                "Stopped. What was done is kept; run the same command again to go on."
            )
        }
        try await addWords(opened, try await models().current)
    }

    /// Texts beside images, the text in them, and vectors of texts, when the pictures are searchable.
    private func addWords(_ opened: Library, _ model: LoadedModel) async throws {
        let progress = ProgressLine(.standardError)
        let isOff = ProcessInfo.processInfo.environment["MEKIKI_OCR"] == "off"
        let readsPictures = ocr && !isOff
        let task = Task {
            try await opened.fillWords(
                with: model,
                readsPictures: readsPictures,
                notice: { if !output.quiet { Terminal.standardError.line("mekiki: " + $0) } },
                progress: { if !output.quiet { progress.show($0) } }
            )
        }
        let interruption = Interruption { task.cancel() }
        let result = await task.result
        interruption.end()
        progress.finish()
        let report = try result.get()
        if report.wasStopped {
            throw MekikiError(
                .cancelled,
                "Stopped while words were read. The pictures are searchable; run the same command "
                    + "again to go on."
            )
        }
        guard !output.quiet, !output.json, report.foundCount + report.sidecarCount > 0 else {
            return
        }
        Terminal.standardOutput.line(
            "\(Count.of(report.foundCount, "image")) with text in the picture, "
                + "\(report.sidecarCount) with a text beside them."
        )
    }

    private func stay(_ opened: Library, _ models: @escaping Library.ModelChoosing) async throws {
        let runs = WatchedRuns()
        let progress = ProgressLine(.standardError)
        let task = Task {
            try await opened.watch(
                folders,
                with: models,
                options: IndexingOptions(prune: prune),
                notice: { sentence in
                    progress.finish()
                    Terminal.standardError.line("mekiki: " + PrintableText.of(sentence))
                },
                progress: { state in
                    runs.begin()
                    if !output.quiet { progress.update(state) }
                },
                finished: { report in
                    progress.finish()
                    let (seconds, isFirst) = runs.end()
                    // What was touched and is as it was is no news.
                    guard isFirst || report.isNews else { return }
                    try show(report, seconds: seconds)
                    guard isFirst, !output.quiet, !output.json, !report.wasStopped else { return }
                    Terminal.standardError.line("Watching for changes – ctrl-C ends it.")
                }
            )
        }
        let interruption = Interruption("Ending") { task.cancel() }
        let result = await task.result
        interruption.end()
        progress.finish()
        try result.get()
    }

    private func show(_ report: IndexingReport, seconds: Double) throws {
        for warning in report.warnings {
            Terminal.standardError.line("mekiki: warning: " + PrintableText.of(warning))
        }
        if output.json {
            try JSONOutput.print(IndexingDocument(report, seconds: seconds))
            return
        }
        guard !output.quiet else { return }
        for failure in report.failures.prefix(10) {
            Terminal.standardError.line(
                PrintableText.of("  \(failure.location.path): \(failure.reason)")
            )
        }
        if report.failures.count > 10 {
            Terminal.standardError.line("  … and \(report.failures.count - 10) more")
        }
        let sentence = IndexingSummary.sentence(report, seconds: seconds)
        Terminal.standardOutput.line(sentence)
    }
}
