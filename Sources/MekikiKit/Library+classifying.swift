import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Classifies all images that have a vector of the classifier's space; no picture is encoded.
    ///
    /// - Parameters:
    ///   - classifier: What tells which labels fit.
    ///   - rule: Which labels are stored as tags; `nil` to store none.
    ///   - progress: Is told how many images are done, and how many there are.
    ///   - body: Takes each batch.
    /// - Returns: What was done.
    /// - Throws: `MekikiError`: `unavailable` when tags are to be stored and another process indexes;
    ///   what ``LibraryClassification`` throws.
    public func classify(
        by classifier: ZeroShotClassifier,
        storing rule: TagRule? = nil,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
        _ body: @escaping @Sendable ([ImageClassification]) async throws -> Void = { _ in }
    ) async throws -> ClassificationReport {
        let flow = LibraryClassification(catalog: catalog, classifier: classifier, storing: rule)
        guard rule != nil else { return try await flow.run(progress: progress, body) }
        return try await alone {
            try await flow.run(progress: progress, body)
        }
    }

    /// Classifies one image, by its vector where it has one of the model, else by its file.
    ///
    /// - Parameters:
    ///   - id: The image's number.
    ///   - classifier: What tells which labels fit, made with the model.
    ///   - model: What encodes the picture where there is no vector.
    ///   - rule: Which labels are stored as tags; `nil` to store none.
    /// - Returns: Every label, most probable first.
    /// - Throws: `MekikiError`: `noInput` when there is no such image, or neither a vector nor a file.
    public func classify(
        _ id: ImageID,
        by classifier: ZeroShotClassifier,
        with model: LoadedModel,
        storing rule: TagRule? = nil
    ) async throws -> ImageClassification {
        let (_, files) = try await image(id)
        let vector: Embedding
        if let stored = try await catalog.embeddings(of: [id], in: classifier.space)[id] {
            vector = stored
        } else {
            guard let file = files.first(where: { !$0.isMissing }) else {
                throw MekikiError(
                    .noInput,
                    "The image has no vector of this model, and its file is missing.",
                    subject: "image \(id)"
                )
            }
            vector = try await model.vector(ofPictureAt: file.location.absolutePath)
        }
        let result = ImageClassification(imageID: id, labels: classifier.classify(vector))
        if let rule {
            try await alone {
                try await catalog.setTags(
                    [rule.assignment(for: result)],
                    of: rule.labelSet,
                    in: classifier.space
                )
            }
        }
        return result
    }

    /// The image that a file holds, by its content.
    ///
    /// - Parameter path: The file.
    /// - Returns: The image's number; `nil` when the library doesn't know the content, or the file
    ///   can't be read.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func imageID(ofFile path: String) async throws -> ImageID? {
        let hash = try await diskThreads.run { () -> ContentHash? in
            let file = URL(filePath: path)
            let size = try? file.resolvingSymlinksInPath()
                .resourceValues(forKeys: [.fileSizeKey]).fileSize
            guard let size, Int64(size) <= IndexingOptions().maximumFileSize else { return nil }
            return (try? Data(contentsOf: file)).map(ContentHash.init(of:))
        }
        guard let hash else { return nil }
        return try await catalog.imageIDs(of: [hash])[hash]
    }

    /// An image's tags.
    ///
    /// - Parameter id: The image's number.
    /// - Returns: The tags, by set, most probable first.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func tags(of id: ImageID) async throws -> [ImageTag] {
        try await catalog.tags(of: [id])[id] ?? []
    }

    /// The sets of labels that have given tags.
    ///
    /// - Returns: The sets with their counts, ordered by name.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func labelSets() async throws -> [LabelSetCount] {
        try await catalog.labelSets()
    }

    /// Forgets all tags of a set of labels.
    ///
    /// - Parameter labelSet: The set's name.
    /// - Returns: How many tags were forgotten.
    /// - Throws: `MekikiError`: `noInput` when there is no such set, `unavailable` while another
    ///   process indexes.
    public func removeTags(of labelSet: String) async throws -> Int {
        let known = try await labelSets().map(\.labelSet)
        guard known.contains(labelSet) else {
            let list = known.joined(separator: "; ")
            throw MekikiError(
                .noInput,
                known.isEmpty
                    ? "No image of the library has a tag."
                    : "No image has a tag of this set of labels. There are: \(list).",
                subject: labelSet
            )
        }
        return try await alone {
            try await catalog.removeTags(of: labelSet)
        }
    }

    /// The files of images.
    ///
    /// - Parameter ids: The images' numbers.
    /// - Returns: The files by image, ordered by path.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func files(of ids: [ImageID]) async throws -> [ImageID: [FileRecord]] {
        try await catalog.files(of: ids)
    }
}

extension LoadedModel {
    /// Encodes an image file.
    ///
    /// - Parameter path: The file.
    /// - Returns: The picture's vector.
    /// - Throws: `MekikiError`: `noInput` when the file can't be read, `badData` when it is no image
    ///   that Mekiki decodes.
    public func vector(ofPictureAt path: String) async throws -> Embedding {
        let picture = try Wiring.picture(at: path, for: self)
        guard let vector = try await imageEncoder.encode([picture]).first else {
            preconditionFailure("An encoder returns one vector for each picture.")
        }
        return vector
    }

    /// Prepares labels to be tried on pictures.
    ///
    /// - Parameters:
    ///   - labels: The labels.
    ///   - templates: How names become prompts.
    /// - Returns: What tells which labels fit.
    /// - Throws: `MekikiError`, as ``ZeroShotClassifier`` says.
    public func classifier(
        _ labels: LabelList,
        templates: PromptTemplates = .automatic
    ) async throws -> ZeroShotClassifier {
        try await ZeroShotClassifier(
            labels,
            templates: templates,
            encoder: textEncoder,
            scoring: summary.scoring
        )
    }
}
