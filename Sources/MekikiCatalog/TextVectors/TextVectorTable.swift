import MekikiCore
import MekikiVectors

/// The vectors of a space of texts in memory, with the images that the texts belong to.
struct TextVectorTable: Sendable {
    /// A passage of a text, with the text's kind.
    private struct Entry: Sendable {
        var id: ImageTextID
        var target: TextTarget
        var passage: Int
    }

    /// More passages than a text is divided into; a row's number is its text's times this, and the
    /// passage's.
    private static let passageCount: Int64 = 4096

    /// The matrix's rows are numbered as its passages are, not as images.
    private var matrix: VectorMatrix
    private var entries: [Int64: Entry] = [:]
    private var rowsOfImage: [ImageID: [Int64]] = [:]

    /// Makes an empty table.
    ///
    /// - Parameter dimension: The components of a vector.
    init(dimension: Int) { matrix = VectorMatrix(dimension: dimension) }

    var dimension: Int { matrix.dimension }

    /// Adds a passage that the table doesn't have yet.
    ///
    /// - Parameters:
    ///   - number: Any number below 2 to the 51st, another for each text.
    ///   - id: The text.
    ///   - target: Its kind.
    ///   - passage: Which of its passages it is, from 0.
    ///   - components: Half-precision components, as they are stored.
    mutating func add(
        _ number: Int64,
        _ id: ImageTextID,
        _ target: TextTarget,
        _ passage: Int,
        _ components: UnsafeRawBufferPointer
    ) {
        let row = number * Self.passageCount + Int64(passage)
        matrix.set(ImageID(rawValue: row), components)
        entries[row] = Entry(id: id, target: target, passage: passage)
        rowsOfImage[id.imageID, default: []].append(row)
    }

    /// Removes all texts of an image.
    ///
    /// - Parameter id: The image.
    mutating func removeTexts(of id: ImageID) {
        for row in rowsOfImage.removeValue(forKey: id) ?? [] {
            matrix.remove(ImageID(rawValue: row))
            entries[row] = nil
        }
    }

    /// The images with the nearest texts, each by its best passage.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - request: Which kinds of words, how many, from where, among which images.
    /// - Returns: The neighbours, and how many images took part.
    /// - Throws: `DamagedPart` when memory failed.
    func nearest(to query: Embedding, _ request: TextRequest) throws -> NearestTexts {
        func takesPart(_ entry: Entry) -> Bool {
            request.targets.contains(entry.target)
                && request.included?.contains(entry.id.imageID) ?? true
        }
        let total = rowsOfImage.count { _, rows in
            rows.contains { row in entries[row].map(takesPart) ?? false }
        }
        let wanted = min(request.offset + request.limit, total)
        guard request.limit > 0, request.offset < total else {
            return NearestTexts(neighbors: [], total: total)
        }
        // A text of an image that has a better one takes a place, so more are asked for until enough
        // images have come, and all that are as near as the last of them.
        var count = 2 * wanted + 16
        while true {
            let found = try matrix.nearest(to: query, limit: count) { row in
                entries[row.rawValue].map(takesPart) ?? false
            }
            let neighbors = found.compactMap { row in
                entries[row.id.rawValue].map {
                    NearestTexts.Neighbor(
                        id: $0.id,
                        target: $0.target,
                        passage: $0.passage,
                        cosine: row.cosine
                    )
                }
            }.sorted { $0.precedes($1) }
            var seen: Set<ImageID> = []
            let best = neighbors.filter { seen.insert($0.id.imageID).inserted }
            let isAll = found.count < count
            let last = found.last?.cosine ?? -.infinity
            if isAll || best.count >= wanted && best[wanted - 1].cosine > last {
                let page = best.dropFirst(request.offset).prefix(request.limit)
                return NearestTexts(neighbors: Array(page), total: total)
            }
            count *= 2
        }
    }
}

extension NearestTexts.Neighbor {
    /// Nearer ones first, equals by image and place.
    fileprivate func precedes(_ other: NearestTexts.Neighbor) -> Bool {
        if cosine != other.cosine { return cosine > other.cosine }
        return id != other.id ? id < other.id : passage < other.passage
    }
}
