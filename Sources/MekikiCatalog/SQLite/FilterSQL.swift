import Foundation
import GRDB
import MekikiCore

/// A filter as a condition on a row of `image`, with its arguments: nothing of a filter's values becomes
/// part of the statement.
struct FilterSQL {
    /// The functions that the conditions call.
    static let functions = [folding, folderMatch, folderName, fileName]

    private(set) var condition: String
    private(set) var arguments: StatementArguments = []

    /// Translates a filter.
    ///
    /// - Parameter filter: The filter.
    /// - Throws: `MekikiError` with code `usage` for a relation that does not suit its field.
    init(_ filter: Filter) throws {
        switch filter {
        case .condition(let statement):
            try statement.check()
            (condition, arguments) = Self.condition(statement)
        case .all(let filters): self = try Self.joined(filters, by: " AND ", empty: "1")
        case .any(let filters): self = try Self.joined(filters, by: " OR ", empty: "0")
        case .not(let filter):
            self = try FilterSQL(filter)
            // What is unknown does not hold, so its opposite does.
            condition = "NOT coalesce(\(condition), 0)"
        }
    }

    private init(_ condition: String, _ arguments: StatementArguments) {
        self.condition = condition
        self.arguments = arguments
    }

    private static func joined(
        _ filters: [Filter],
        by word: String,
        empty: String
    ) throws -> FilterSQL {
        guard !filters.isEmpty else { return FilterSQL(empty, []) }
        let parts = try filters.map(FilterSQL.init)
        let condition = parts.map { "(\($0.condition))" }.joined(separator: word)
        return FilterSQL(condition, parts.reduce(into: []) { $0 += $1.arguments })
    }

    /// The images with a present file that a filter lets through.
    ///
    /// - Parameters:
    ///   - filter: The filter.
    ///   - db: A connection with the functions.
    /// - Returns: The images.
    /// - Throws: `MekikiError` with code `usage` for a filter that makes no sense; what the database throws.
    static func images(matching filter: Filter, _ db: Database) throws -> ImageSet {
        let sql = try FilterSQL(filter)
        let ids = try Int64.fetchCursor(
            db,
            sql: """
                SELECT id FROM image WHERE (\(sql.condition)) AND EXISTS (
                    SELECT 1 FROM file WHERE image_id = image.id AND is_missing = 0
                )
                """,
            arguments: sql.arguments
        )
        var set = ImageSet()
        while let id = try ids.next() { set.insert(ImageID(rawValue: id)) }
        return set
    }

    // MARK: Conditions

    private static func condition(
        _ condition: FilterCondition
    ) -> (String, StatementArguments) {
        switch condition.relation {
        case .equals(let wanted):
            if condition.field == .has { return (property(wanted), []) }
            let folded = FoldedText.of(wanted)
            // Seeds are digits, which folding leaves as they are: the index finds them.
            if condition.field == .seed {
                return ("id IN (SELECT image_id FROM generation WHERE seed = ?)", [folded])
            }
            return texts(condition.field, "\(Self.folded(of: "value")) = ?", folded)
        case .contains(let wanted):
            let folded = FoldedText.of(wanted)
            if condition.field == .folder {
                return (
                    """
                    EXISTS (
                        SELECT 1 FROM file JOIN root ON root.id = root_id
                        WHERE image_id = image.id AND is_missing = 0
                            AND \(folderMatch.name)(root.path, file.path, ?)
                    )
                    """, [folded]
                )
            }
            return texts(condition.field, "instr(\(Self.folded(of: "value")), ?) > 0", folded)
        case .number(let least, let most, let excludesLower, let excludesUpper):
            return number(
                condition.field,
                [(least, excludesLower ? ">" : ">="), (most, excludesUpper ? "<" : "<=")]
            )
        case .moment(let from, let before):
            let column =
                condition.field == .taken
                ? "taken_at" : "strftime('%Y-%m-%dT%H:%M:%S', added_at / 1000, 'unixepoch')"
            var parts = ["\(column) IS NOT NULL"]
            var arguments: StatementArguments = []
            for case (let moment?, let sign) in [(from, ">="), (before, "<")] {
                parts.append("\(column) \(sign) ?")
                arguments += [moment]
            }
            return (parts.joined(separator: " AND "), arguments)
        }
    }

    private static func number(
        _ field: FilterField,
        _ bounds: [(Double?, String)]
    ) -> (String, StatementArguments) {
        let columns: [FilterField: String] = [
            .steps: "steps", .cfg: "cfg_scale", .width: "width", .height: "height",
            .rating: "rating", .id: "id",
        ]
        let column = columns[field] ?? "NULL"
        var parts = ["\(column) IS NOT NULL"]
        var arguments: StatementArguments = []
        for case (let bound?, let sign) in bounds {
            parts.append("\(column) \(sign) ?")
            arguments += [bound]
        }
        let condition = parts.joined(separator: " AND ")
        guard field == .steps || field == .cfg else { return (condition, arguments) }
        return ("id IN (SELECT image_id FROM generation WHERE \(condition))", arguments)
    }

    /// A condition on one of a field's values, which it calls `value`.
    private static func texts(
        _ field: FilterField,
        _ condition: String,
        _ argument: String
    ) -> (String, StatementArguments) {
        let sources = sources(of: field)
        guard !sources.isEmpty else { return ("0", []) }
        let parts = sources.map { "id IN (SELECT image_id FROM (\($0)) WHERE \(condition))" }
        return (
            parts.joined(separator: " OR "), StatementArguments(sources.map { _ in argument })
        )
    }

    /// Queries for a field's values, each with its image.
    private static func sources(of field: FilterField) -> [String] {
        func generation(_ columns: String...) -> [String] {
            columns.map {
                "SELECT image_id, \($0) AS value FROM generation WHERE \($0) IS NOT NULL"
            }
        }
        func image(_ values: String...) -> [String] {
            values.map { "SELECT id AS image_id, \($0) AS value FROM image" }
        }
        func file(_ value: String) -> [String] {
            [
                """
                SELECT image_id, \(value) AS value FROM file JOIN root ON root.id = root_id
                WHERE is_missing = 0
                """
            ]
        }
        switch field {
        case .seed: return generation("seed")
        case .model: return generation("model", "model_hash")
        case .lora:
            return [
                """
                SELECT image_id, json_extract(entry.value, '$.name') AS value
                FROM generation, json_each(loras) AS entry WHERE loras <> '[]'
                """
            ]
        case .sampler: return generation("sampler", "scheduler")
        case .generator: return generation("generator")
        case .camera:
            return image(
                "camera_make",
                "camera_model",
                "camera_make || ' ' || camera_model"
            )
        case .lens: return image("lens")
        case .type: return image("format")
        case .folder: return file("\(folderName.name)(root.path, file.path)")
        case .name: return file("\(fileName.name)(file.path)")
        case .tag:
            return [
                "SELECT image_id, label AS value FROM tag",
                """
                SELECT image_id, text AS value FROM text_field
                WHERE origin = 'user' AND key = 'tag' OR origin = 'photograph' AND key = 'keyword'
                """,
            ]
        default: return []
        }
    }

    private static func property(_ name: String) -> String {
        func has(_ target: TextTarget) -> String {
            let conditions = target.places.map { origin, key in
                key.map { "origin = '\(origin.rawValue)' AND key = '\($0)'" }
                    ?? "origin = '\(origin.rawValue)'"
            }
            return """
                id IN (SELECT image_id FROM text_field WHERE \(conditions.joined(separator: " OR ")))
                """
        }
        switch ImageProperty(rawValue: name) {
        case .caption: return has(.caption)
        case .prompt: return has(.prompt)
        case .text: return has(.ocr)
        case .generation: return "id IN (SELECT image_id FROM generation)"
        case .camera: return "(camera_make IS NOT NULL OR camera_model IS NOT NULL)"
        case .place: return "latitude IS NOT NULL"
        case .tag:
            return sources(of: .tag).map { "id IN (SELECT image_id FROM (\($0)))" }
                .joined(separator: " OR ")
        case .keywords:
            return """
                id IN (SELECT image_id FROM text_field WHERE origin = 'photograph' AND key = 'keyword')
                """
        case .provenance: return "provenance IS NOT NULL"
        case nil: return "0"
        }
    }

    // MARK: Functions

    private static func folded(of value: String) -> String {
        // As bytes, because a text would end at its first NUL.
        "\(folding.name)(CAST(\(value) AS BLOB))"
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .string(let text): text
        case .blob(let data): String(decoding: data, as: UTF8.self)
        default: nil
        }
    }

    private static let folding = DatabaseFunction(
        "mekiki_folded",
        argumentCount: 1,
        pure: true
    ) { values in text(values[0]).map(FoldedText.of) }

    private static func location(_ values: [DatabaseValue]) -> FileLocation {
        FileLocation(root: text(values[0]) ?? "", path: text(values[1]) ?? "")
    }

    private static let folderMatch = DatabaseFunction(
        "mekiki_is_in_folder",
        argumentCount: 3,
        pure: true
    ) { values in FolderMatch.holds(location(values), in: text(values[2]) ?? "") }

    private static let folderName = DatabaseFunction(
        "mekiki_folder",
        argumentCount: 2,
        pure: true
    ) { values in FolderMatch.folder(location(values)) }

    private static let fileName = DatabaseFunction(
        "mekiki_file_name",
        argumentCount: 1,
        pure: true
    ) { values in FileLocation(root: "", path: text(values[0]) ?? "").name }
}
