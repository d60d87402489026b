import MekikiCore
import MekikiVectors

extension InMemoryCatalog: WordStore {
    /// The texts of images, by image: by the order of origins, then by place.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The texts; images without any are left out.
    public func texts(of ids: [ImageID]) -> [ImageID: [ImageText]] {
        var texts: [ImageID: [ImageText]] = [:]
        for id in Set(ids) {
            let own = tables.allTexts(of: id)
            texts[id] = own.isEmpty ? nil : own
        }
        return texts
    }

    /// The lines that were read in pictures, by image, in reading order.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The lines; images without any are left out.
    public func lines(of ids: [ImageID]) -> [ImageID: [TextLine]] {
        let wanted = Set(ids)
        return tables.lines.filter { wanted.contains($0.key) }
    }

    /// The images with a present file that a filter lets through.
    ///
    /// - Parameter filter: The filter.
    /// - Returns: The images.
    /// - Throws: `MekikiError` with code `usage` for a relation that does not suit its field.
    public func images(matching filter: Filter) throws -> ImageSet {
        try filter.check()
        var set = ImageSet()
        for id in tables.presentImages where try tables.subject(id)?.passes(filter) == true {
            set.insert(id)
        }
        return set
    }

    /// Images with a present file for which work was not done in this version, ordered by id.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - after: Only images after this one; `nil` for all.
    ///   - limit: The most to list.
    /// - Returns: The images.
    public func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) -> [ImageID] {
        let waiting = tables.awaiting(work).filter { id in after.map { id > $0 } ?? true }
        return Array(waiting.prefix(limit))
    }

    /// How many images with a present file await work.
    ///
    /// - Parameter work: The work.
    /// - Returns: The number.
    public func awaitingCount(_ work: FinishedWork.Work) -> Int { tables.awaiting(work).count }
}

extension InMemoryCatalog: TextVectorSearch {
    /// The images that have the texts nearest to a query, each once, by its best text.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: A space of texts.
    ///   - request: Which kinds of words, how many, from where, among which images.
    /// - Returns: The neighbours, and how many images took part.
    /// - Throws: `MekikiError` with code `badData` for a space of another role or dimension.
    public func nearestTexts(
        to query: Embedding,
        in space: VectorSpace,
        _ request: TextRequest
    ) throws -> NearestTexts {
        try space.check(.text)
        try space.check(query)
        let present = tables.presentImages
        var table = TextVectorTable(dimension: space.dimension)
        let vectors = (tables.textVectors[space] ?? [:]).sorted { $0.key < $1.key }
        for (row, entry) in vectors.enumerated() where present.contains(entry.key.imageID) {
            guard let target = tables.text(entry.key)?.target else { continue }
            for (passage, vector) in entry.value.enumerated() {
                vector.withBytes { table.add(Int64(row), entry.key, target, passage, $0) }
            }
        }
        return try table.nearest(to: query, request)
    }
}
