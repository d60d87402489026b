import Foundation
import MekikiCore
import MekikiVectors

/// What an `InMemoryCatalog` holds: a value, so that changes which fail half-way are dropped with
/// their copy.
struct CatalogTables: Sendable {
    private(set) var images: [ImageID: ImageRecord] = [:]
    private(set) var imageOfHash: [ContentHash: ImageID] = [:]
    private(set) var files: [PathKey: FileRecord] = [:]
    private(set) var failures: [PathKey: FailureRecord] = [:]
    /// In the order of their creation.
    private(set) var spaces: [VectorSpace] = []
    private(set) var vectors: [VectorSpace: VectorMatrix] = [:]
    private(set) var textVectors: [VectorSpace: [ImageTextID: [HalfVector]]] = [:]
    private(set) var folders: [VectorSpace: String] = [:]
    private(set) var selections: [VectorSpace.Role: SpaceSelection] = [:]
    /// Texts that don't come from the image's own bytes.
    var texts: [ImageID: [TextOrigin: [ImageMetadata.TextChunk]]] = [:]
    var lines: [ImageID: [TextLine]] = [:]
    /// By image and kind of work.
    var finished: [ImageID: [String: FinishedWork]] = [:]
    var settings: [String: String] = [:]
    /// Each list in the order that the role says.
    var tags: [ImageID: [ImageTag]] = [:]
    private var lastID: Int64 = 0

    /// Images with at least one present file.
    var presentImages: Set<ImageID> {
        Set(files.values.lazy.filter { !$0.isMissing }.map(\.imageID))
    }

    /// Writes changes, in the order of their properties.
    mutating func apply(_ changes: CatalogChanges, now: Date) throws {
        let milliseconds = (now.timeIntervalSince1970 * 1000).rounded(.down)
        let arrival = Date(timeIntervalSince1970: milliseconds / 1000)
        for addition in changes.additions { try add(addition, at: arrival) }
        for vector in changes.vectors {
            try checkExists(vector.imageID)
            try setVector(vector.embedding, of: vector.imageID, in: vector.space)
        }
        for vector in changes.textVectors { try setTextVector(vector) }
        for (id, metadata) in changes.metadata { try setMetadata(metadata, of: id) }
        for change in changes.texts { try setTexts(change) }
        for work in changes.finished {
            try checkExists(work.imageID)
            finished[work.imageID, default: [:]][work.work.kind] = work
        }
        for file in changes.sightings {
            try checkExists(file.imageID)
            setFile(file.location, file.stamp, file.imageID)
        }
        for location in changes.missing { files[PathKey(location)]?.isMissing = true }
        for location in changes.removals {
            files[PathKey(location)] = nil
            failures[PathKey(location)] = nil
        }
        for failure in changes.failures {
            failures[PathKey(failure.location)] = failure
            files[PathKey(failure.location)]?.isMissing = true
        }
        if !changes.keepsImagesWithoutFile { removeImagesWithoutFile() }
        hideMissingImages()
    }

    private mutating func add(_ addition: CatalogChanges.Addition, at arrival: Date) throws {
        let id = imageID(of: addition.content, arrival)
        setFile(addition.location, addition.stamp, id)
        if let (space, embedding) = addition.vector {
            try setVector(embedding, of: id, in: space)
        }
    }

    private mutating func imageID(of content: ImageContent, _ arrival: Date) -> ImageID {
        if let id = imageOfHash[content.hash] { return id }
        lastID += 1
        let id = ImageID(rawValue: lastID)
        images[id] = ImageRecord(id: id, content: content, addedAt: arrival)
        imageOfHash[content.hash] = id
        return id
    }

    private mutating func setFile(_ location: FileLocation, _ stamp: FileStamp, _ id: ImageID) {
        let key = PathKey(location)
        if let former = files[key]?.imageID, former != id { carryWords(from: former, to: id) }
        files[key] = FileRecord(location: location, stamp: stamp, imageID: id)
        failures[key] = nil
    }

    private mutating func setVector(
        _ embedding: Embedding,
        of id: ImageID,
        in space: VectorSpace
    ) throws {
        try space.check(.image)
        let vector = try HalfVector(embedding, in: space)
        note(space)
        vectors[space, default: VectorMatrix(dimension: space.dimension)].set(id, vector)
    }

    private mutating func setTextVector(
        _ addition: CatalogChanges.TextVectorAddition
    ) throws {
        try addition.space.check(.text)
        let vectors = try addition.passages.map { try HalfVector($0, in: addition.space) }
        guard text(addition.textID) != nil else { throw MekikiError.unknownText(addition.textID) }
        note(addition.space)
        textVectors[addition.space, default: [:]][addition.textID] = vectors
    }

    private mutating func setMetadata(_ metadata: ImageMetadata, of id: ImageID) throws {
        try checkExists(id)
        let before = images[id]?.content.metadata.texts ?? []
        images[id]?.content.metadata = metadata
        for (old, new) in zip(before, metadata.texts) where old.texts != new.texts {
            removeTextVectors(of: old.origin, id)
        }
    }

    private mutating func setTexts(_ change: TextChange) throws {
        try change.check()
        try checkExists(change.imageID)
        let before = texts[change.imageID]?[change.origin]
        let after = change.texts.isEmpty ? nil : change.texts
        texts[change.imageID, default: [:]][change.origin] = after
        if before != after { removeTextVectors(of: change.origin, change.imageID) }
        if change.origin == .ocr {
            lines[change.imageID] = change.lines.isEmpty ? nil : change.lines
        }
    }

    private mutating func removeTextVectors(of origin: TextOrigin, _ id: ImageID) {
        for space in spaces {
            textVectors[space] = textVectors[space]?.filter {
                $0.key.imageID != id || $0.key.origin != origin.rawValue
            }
        }
    }

    mutating func note(_ space: VectorSpace) {
        if !spaces.contains(space) { spaces.append(space) }
    }

    func checkExists(_ id: ImageID) throws {
        guard images[id] != nil else {
            throw MekikiError(.badData, "The library holds no image \(id).")
        }
    }

    private mutating func removeImagesWithoutFile() {
        let held = Set(files.values.map(\.imageID))
        for (id, image) in images where !held.contains(id) {
            images[id] = nil
            imageOfHash[image.content.hash] = nil
            tags[id] = nil
            texts[id] = nil
            lines[id] = nil
            finished[id] = nil
            for space in spaces {
                vectors[space]?.remove(id)
                textVectors[space] = textVectors[space]?.filter { $0.key.imageID != id }
            }
        }
    }

    private mutating func hideMissingImages() {
        let present = presentImages
        for space in spaces {
            for id in images.keys { vectors[space]?.setHidden(!present.contains(id), id) }
        }
    }

    // MARK: Spaces

    /// Which space of a role answers, and which is being filled, with the folders as they are known.
    func selection(of role: VectorSpace.Role) -> SpaceSelection {
        let selection = selections[role] ?? SpaceSelection()
        func known(_ chosen: ChosenSpace?) -> ChosenSpace? {
            chosen.map { ChosenSpace(space: $0.space, folder: folders[$0.space]) }
        }
        return SpaceSelection(current: known(selection.current), pending: known(selection.pending))
    }

    /// Takes a selection; its spaces are known from then on.
    mutating func setSelection(_ selection: SpaceSelection, of role: VectorSpace.Role) {
        for chosen in [selection.current, selection.pending].compactMap(\.self) {
            note(chosen)
        }
        selections[role] = selection
    }

    /// Makes a space known, and where its model is.
    mutating func note(_ chosen: ChosenSpace) {
        note(chosen.space)
        if let folder = chosen.folder { folders[chosen.space] = folder }
    }

    /// Forgets a space, as `SpaceStore` says.
    mutating func forget(_ space: VectorSpace, evenCurrent: Bool) throws -> Int {
        let isCurrent = selections[space.role]?.current?.space == space
        guard evenCurrent || !isCurrent else { throw MekikiError.isCurrent(space) }
        if selections[space.role]?.pending?.space == space {
            selections[space.role]?.pending = nil
        }
        let count =
            (vectors.removeValue(forKey: space)?.count ?? 0)
            + (textVectors.removeValue(forKey: space)?.count ?? 0)
        if !isCurrent, !tags.values.contains(where: { $0.contains { $0.space == space } }) {
            spaces.removeAll { $0 == space }
            folders[space] = nil
        }
        return count
    }
}
