/// What a filter looks at: the facts of one image.
public struct FilterSubject: Sendable {
    /// The image.
    public var image: ImageRecord

    /// Its present files.
    public var files: [FileLocation]

    /// Its texts, those of the file included.
    public var texts: [ImageText]

    /// Its labels.
    public var labels: [String]

    /// Gathers an image's facts.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its present files.
    ///   - texts: Its texts.
    ///   - labels: Its labels, from models.
    public init(image: ImageRecord, files: [FileLocation], texts: [ImageText], labels: [String]) {
        self.image = image
        self.files = files
        self.texts = texts
        self.labels = labels
    }

    /// Whether a filter lets the image through.
    ///
    /// - Parameter filter: The filter.
    /// - Returns: Whether it does.
    /// - Throws: `MekikiError` with code `usage` for a relation that does not suit its field.
    public func passes(_ filter: Filter) throws -> Bool {
        switch filter {
        case .condition(let condition):
            try condition.check()
            return holds(condition)
        case .all(let filters): return try filters.map(passes).allSatisfy { $0 }
        case .any(let filters): return try filters.map(passes).contains(true)
        case .not(let filter): return try !passes(filter)
        }
    }

    private func holds(_ condition: FilterCondition) -> Bool {
        switch condition.relation {
        case .equals(let wanted):
            if condition.field == .has {
                return ImageProperty(rawValue: wanted).map(has) ?? false
            }
            let folded = FoldedText.of(wanted)
            return values(of: condition.field).contains { FoldedText.of($0) == folded }
        case .contains(let wanted):
            let folded = FoldedText.of(wanted)
            if condition.field == .folder {
                return files.contains { FolderMatch.holds($0, in: folded) }
            }
            return values(of: condition.field).contains { FoldedText.of($0).holds(folded) }
        case .number(let least, let most, let excludesLower, let excludesUpper):
            guard let number = number(of: condition.field) else { return false }
            let isAbove = least.map { excludesLower ? number > $0 : number >= $0 } ?? true
            let isBelow = most.map { excludesUpper ? number < $0 : number <= $0 } ?? true
            return isAbove && isBelow
        case .moment(let from, let before):
            guard let moment = moment(of: condition.field) else { return false }
            return (from.map { moment >= $0 } ?? true) && (before.map { moment < $0 } ?? true)
        }
    }

    private func values(of field: FilterField) -> [String] {
        let metadata = image.content.metadata
        let generation = metadata.generation
        func some(_ values: String?...) -> [String] { values.compactMap(\.self) }
        switch field {
        case .seed: return some(generation?.seed)
        case .model: return some(generation?.model, generation?.modelHash)
        case .lora: return generation?.loras.map(\.name) ?? []
        case .sampler: return some(generation?.sampler, generation?.scheduler)
        case .generator: return some(generation?.generator)
        case .camera:
            let both = some(metadata.cameraMake, metadata.cameraModel)
            return both.isEmpty ? [] : both + [both.joined(separator: " ")]
        case .lens: return some(metadata.lens)
        case .type: return [image.content.format.rawValue]
        case .folder: return files.map(FolderMatch.folder)
        case .name: return files.map(\.name)
        case .tag:
            return labels
                + texts.filter { $0.id.origin == TextOrigin.user.rawValue && $0.key == "tag" }
                .map(\.text)
                + texts.filter {
                    $0.id.origin == TextOrigin.photograph.rawValue && $0.key == "keyword"
                }.map(\.text)
        default: return []
        }
    }

    private func number(of field: FilterField) -> Double? {
        let metadata = image.content.metadata
        switch field {
        case .steps: return metadata.generation?.steps.map(Double.init)
        case .cfg: return metadata.generation?.cfgScale
        case .width: return Double(image.content.width)
        case .height: return Double(image.content.height)
        case .rating: return metadata.rating.map(Double.init)
        case .id: return Double(image.id.rawValue)
        default: return nil
        }
    }

    private func moment(of field: FilterField) -> String? {
        switch field {
        case .taken: image.content.metadata.takenAt
        case .added: String(image.addedAt.formatted(.iso8601).dropLast())
        default: nil
        }
    }

    private func has(_ property: ImageProperty) -> Bool {
        let metadata = image.content.metadata
        func hasText(_ target: TextTarget) -> Bool {
            texts.contains { text in
                TextOrigin(rawValue: text.id.origin)
                    .map { TextTarget.of($0, key: text.key) == target } ?? false
            }
        }
        switch property {
        case .caption: return hasText(.caption)
        case .prompt: return hasText(.prompt)
        case .text: return hasText(.ocr)
        case .generation: return metadata.generation != nil
        case .camera: return metadata.cameraMake != nil || metadata.cameraModel != nil
        case .place: return metadata.latitude != nil
        case .tag: return !values(of: .tag).isEmpty
        case .keywords: return metadata.words.contains { $0.key == "keyword" }
        case .provenance: return metadata.provenance != nil
        }
    }
}

extension String {
    /// Whether this text has another within it, compared by Unicode scalars as a database does.
    fileprivate func holds(_ other: String) -> Bool {
        other.isEmpty || utf8.count >= other.utf8.count && contains(literal: other)
    }

    private func contains(literal other: String) -> Bool {
        let all = Array(utf8)
        let wanted = Array(other.utf8)
        guard all.count >= wanted.count else { return false }
        return (0...all.count - wanted.count).contains { start in
            all[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
