import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki classify [IMAGE…] --labels a,b,c`: which labels fit.
struct ClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Tell which of your labels fit an image, or every image of the library.",
        discussion: """
            Without an image, the whole library is classified, by the vectors that it has: no \
            picture is encoded again. With --store the labels are kept as tags, which `mekiki show` \
            prints.

            Most models (CLIP) share one whole among the labels: they say which fits best, not \
            whether any does, so give labels for everything that may come. Others (SigLIP) answer \
            for each label alone.
            """
    )

    @Argument(
        help: "Numbers of images in the library, or image files; none for the whole library.",
        completion: .file(extensions: ImageFormat.fileExtensions.sorted())
    )
    var images: [String] = []

    @OptionGroup var labels: LabelOptions

    @Option(name: .long, help: "How many labels of an image to print; JSON has all of them.")
    var top = 3

    @Flag(name: .long, help: "Keep the labels as tags, in place of earlier ones of the same set.")
    var store = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The name of this set of labels, for --store.",
            discussion: "Default: the file's name, else the labels themselves.",
            valueName: "name"
        )
    )
    var set: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The least probability of a label that is kept, for --store.",
            valueName: "probability"
        )
    )
    var threshold = TagRule.usualThreshold

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if top < 1 { throw ValidationError("--top must be 1 or more.") }
        if !(0...1).contains(threshold) {
            throw ValidationError("--threshold must be a probability, 0 to 1.")
        }
        if !store, set != nil { throw ValidationError("--set names what --store keeps.") }
        if set?.isEmpty == true { throw ValidationError("--set needs a name.") }
    }

    func run() async throws {
        let list = try labels.list()
        let templates = try labels.templates()
        // A picture can be classified without any library.
        let needsLibrary =
            images.isEmpty || store || images.contains { ImageID(argument: $0) != nil }
        let opened =
            needsLibrary || library.folder.exists ? try Library(library.folder) : nil
        let loaded: LoadedModel
        if let opened {
            loaded = try await model.load(for: opened, output)
        } else {
            loaded = try model.load(output)
        }
        let classifier = try await loaded.classifier(list, templates: templates)
        let rule =
            store
            ? TagRule(labelSet: set ?? labels.fileName ?? list.name, threshold: threshold) : nil
        if images.isEmpty, let opened {
            try await classifyAll(opened, classifier, rule)
        } else {
            for image in images {
                try await classify(image, opened, classifier, loaded, rule)
            }
        }
    }

    // MARK: Single images

    private func classify(
        _ image: String,
        _ library: Library?,
        _ classifier: ZeroShotClassifier,
        _ model: LoadedModel,
        _ rule: TagRule?
    ) async throws {
        let number = ImageID(argument: image)
        let known = try await library?.imageID(ofFile: image)
        let result: ImageClassificationDocument
        if let library, let id = number ?? known {
            let found = try await library.classify(id, by: classifier, with: model, storing: rule)
            let files = try await library.files(of: [id])[id] ?? []
            let path = files.first { !$0.isMissing } ?? files.first
            result = ImageClassificationDocument(
                found,
                file: number == nil ? image : path?.location.absolutePath
            )
        } else {
            guard rule == nil else {
                throw MekikiError(
                    .noInput,
                    "Only images of the library have tags, and this is none. Index its folder first.",
                    subject: image
                )
            }
            let vector = try await model.vector(ofPictureAt: image)
            result = ImageClassificationDocument(classifier.classify(vector), file: image)
        }
        if output.json {
            try JSONOutput.print(result)
        } else {
            ClassificationTable(.standardOutput, top: top).print(
                result,
                withHeading: images.count > 1
            )
        }
    }

    // MARK: The library

    private func classifyAll(
        _ library: Library,
        _ classifier: ZeroShotClassifier,
        _ rule: TagRule?
    ) async throws {
        let progress = ProgressLine(.standardError)
        // What is stored is summed up; otherwise each image has its line.
        let printsImages = rule == nil
        let showsProgress = !output.quiet && !printsImages
        let task = Task {
            try await library.classify(
                by: classifier,
                storing: rule,
                progress: { done, total in
                    guard showsProgress else { return }
                    progress.update(
                        IndexingProgress(phase: .completing, folder: "", done: done, total: total)
                    )
                },
                { batch in
                    guard printsImages else { return }
                    try await show(batch, library)
                }
            )
        }
        let interruption = Interruption { task.cancel() }
        let outcome = await task.result
        interruption.end()
        progress.finish()
        let report = try outcome.get()
        if let rule {
            let summary = TaggingDocument(report, rule, model: classifier.space.model)
            if output.json {
                try JSONOutput.print(summary)
            } else if !output.quiet {
                summary.print(to: .standardOutput)
            }
        }
        if report.waitingCount > 0, !output.quiet {
            let waiting = Count.of(report.waitingCount, "image")
            Terminal.standardError.line(
                "\(waiting) without a vector of this model \(report.waitingCount == 1 ? "was" : "were") "
                    + "passed over: run `mekiki index` on the folders with the same --model."
            )
        }
        if report.wasStopped {
            throw MekikiError(
                .cancelled,
                "Stopped. What was stored is kept; run the same command again to do the rest."
            )
        }
    }

    private func show(_ batch: [ImageClassification], _ library: Library) async throws {
        let files = try await library.files(of: batch.map(\.imageID))
        let table = ClassificationTable(.standardOutput, top: top)
        for image in batch {
            let own = files[image.imageID] ?? []
            let location = (own.first { !$0.isMissing } ?? own.first)?.location
            if output.json {
                try JSONOutput.print(
                    ImageClassificationDocument(image, file: location?.absolutePath)
                )
            } else {
                table.printLine(image, location)
            }
        }
    }
}
