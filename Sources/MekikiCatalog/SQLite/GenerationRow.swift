import Foundation
import GRDB
import MekikiCore

/// A row of `generation`, to and from a `Generation` without its prompts, which are texts.
enum GenerationRow {
    private static let columns = """
        generator, rule, seed, steps, sampler, scheduler, cfg_scale, width, height, model, model_hash,
        loras, other
        """

    /// The columns whose values come out of files: bound and read as bytes, because they may hold a NUL.
    private static let texts: Set<String> = [
        "generator", "rule", "seed", "sampler", "scheduler", "model", "model_hash", "loras",
        "other",
    ]

    private static let names = columns.split { ", \n".contains($0) }.map(String.init)

    private static let insertion: String = {
        let places = names.map { texts.contains($0) ? "CAST(? AS TEXT)" : "?" }
        return """
            INSERT INTO generation (image_id, \(columns))
            VALUES (?, \(places.joined(separator: ", ")))
            """
    }()

    private static let selection: String = {
        let read = names.map { texts.contains($0) ? "CAST(\($0) AS BLOB)" : $0 }
        return """
            SELECT image_id, \(read.joined(separator: ", ")) FROM generation
            WHERE image_id IN (SELECT value FROM json_each(?))
            """
    }()

    /// Writes what an image was generated from, in place of what was there.
    static func write(_ generation: Generation?, of imageID: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM generation WHERE image_id = ?")
            .execute(arguments: [imageID])
        guard let generation else { return }
        func bytes(_ text: String?) -> Data? { text.map { Data($0.utf8) } }
        try db.cachedStatement(sql: insertion).execute(
            arguments: [
                imageID, bytes(generation.generator), bytes(generation.rule),
                bytes(generation.seed), generation.steps, bytes(generation.sampler),
                bytes(generation.scheduler), generation.cfgScale.flatMap { $0.isFinite ? $0 : nil },
                generation.width, generation.height, bytes(generation.model),
                bytes(generation.modelHash), try json(generation.loras),
                try json(generation.other),
            ]
        )
    }

    /// What images were generated from, by image, without prompts.
    static func generations(_ list: String, _ db: Database) throws -> [Int64: Generation] {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: selection), arguments: [list])
        var generations: [Int64: Generation] = [:]
        while let row = try rows.next() {
            func text(_ column: Int) throws -> String? {
                try row.decode(Data?.self, atIndex: column).map {
                    String(decoding: $0, as: UTF8.self)
                }
            }
            let decoder = JSONDecoder()
            generations[try row.decode(atIndex: 0)] = Generation(
                generator: try text(1) ?? "",
                rule: try text(2) ?? "",
                seed: try text(3),
                steps: try row.decode(atIndex: 4),
                sampler: try text(5),
                scheduler: try text(6),
                cfgScale: try row.decode(atIndex: 7),
                width: try row.decode(atIndex: 8),
                height: try row.decode(atIndex: 9),
                model: try text(10),
                modelHash: try text(11),
                // A damaged list is noticed by its checksum; a search shows what it can.
                loras: (try? decoder.decode([Generation.LoRA].self, from: row.decode(atIndex: 12)))
                    ?? [],
                other: (try? decoder.decode(
                    [ImageMetadata.TextChunk].self,
                    from: row.decode(atIndex: 13)
                )) ?? []
            )
        }
        return generations
    }

    private static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return try encoder.encode(value)
    }
}
