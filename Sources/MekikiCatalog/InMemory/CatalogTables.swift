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
    /// Each list in the order that the role says.
    private(set) var tags: [ImageID: [ImageTag]] = [:]
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
        files[key] = FileRecord(location: location, stamp: stamp, imageID: id)
        failures[key] = nil
    }

    private mutating func setVector(
        _ embedding: Embedding,
        of id: ImageID,
        in space: VectorSpace
    ) throws {
        let vector = try HalfVector(embedding, in: space)
        if !spaces.contains(space) { spaces.append(space) }
        vectors[space, default: VectorMatrix(dimension: space.dimension)].set(id, vector)
    }

    private func checkExists(_ id: ImageID) throws {
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
            for space in spaces { vectors[space]?.remove(id) }
        }
    }

    /// Gives images the tags of one set of labels, in place of those that they had of it.
    mutating func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) throws {
        try TagAssignment.check(assignments, of: labelSet)
        for assignment in assignments { try checkExists(assignment.imageID) }
        guard !assignments.isEmpty else { return }
        if !spaces.contains(space) { spaces.append(space) }
        for assignment in assignments {
            var list = tags[assignment.imageID] ?? []
            list.removeAll { $0.labelSet.utf8.elementsEqual(labelSet.utf8) }
            list += assignment.labels.map { label in
                ImageTag(
                    label: label.label,
                    probability: label.probability,
                    labelSet: labelSet,
                    space: space
                )
            }
            tags[assignment.imageID] = list.isEmpty ? nil : list.sorted { $0.precedes($1) }
        }
    }

    /// Forgets all tags of a set of labels.
    mutating func removeTags(of labelSet: String) -> Int {
        var count = 0
        for (id, list) in tags {
            let left = list.filter { !$0.labelSet.utf8.elementsEqual(labelSet.utf8) }
            count += list.count - left.count
            tags[id] = left.isEmpty ? nil : left
        }
        return count
    }

    private mutating func hideMissingImages() {
        let present = presentImages
        for space in spaces {
            for id in images.keys { vectors[space]?.setHidden(!present.contains(id), id) }
        }
    }
}

extension ImageTag {
    /// The order in which tags are given: texts by their bytes, as SQLite compares them.
    fileprivate func precedes(_ other: ImageTag) -> Bool {
        if !labelSet.utf8.elementsEqual(other.labelSet.utf8) {
            return labelSet.utf8.lexicographicallyPrecedes(other.labelSet.utf8)
        }
        if probability != other.probability { return probability > other.probability }
        return label.utf8.lexicographicallyPrecedes(other.label.utf8)
    }
}
