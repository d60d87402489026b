import MekikiCore
import MekikiVectors

extension InMemoryCatalog: WordStore {
    public func texts(of ids: [ImageID]) -> [ImageID: [ImageText]] {
        var texts: [ImageID: [ImageText]] = [:]
        for id in Set(ids) {
            let own = tables.allTexts(of: id)
            texts[id] = own.isEmpty ? nil : own
        }
        return texts
    }

    public func lines(of ids: [ImageID]) -> [ImageID: [TextLine]] {
        let wanted = Set(ids)
        return tables.lines.filter { wanted.contains($0.key) }
    }

    public func images(matching filter: Filter) throws -> ImageSet {
        try filter.check()
        var set = ImageSet()
        for id in tables.presentImages where try tables.subject(id)?.passes(filter) == true {
            set.insert(id)
        }
        return set
    }

    public func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) -> [ImageID] {
        let waiting = tables.awaiting(work).filter { id in after.map { id > $0 } ?? true }
        return Array(waiting.prefix(limit))
    }

    public func awaitingCount(_ work: FinishedWork.Work) -> Int { tables.awaiting(work).count }
}

extension InMemoryCatalog: TextVectorSearch {
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
            entry.value.withBytes { table.add(Int64(row), entry.key, target, $0) }
        }
        return table.nearest(to: query, request)
    }
}
