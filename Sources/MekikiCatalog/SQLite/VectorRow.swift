import Foundation
import GRDB
import MekikiCore
import MekikiVectors

/// A row of `vector`, or of `text_vector`.
enum VectorRow {
    /// Gives a row's components to a closure without copying them.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - column: The column that holds the components.
    ///   - dimension: How many there must be.
    ///   - body: Reads the bytes, two a component, which are gone after it returns.
    /// - Returns: What the closure returned; `nil` when the column is NULL.
    /// - Throws: `MekikiError` with code `badData` when the count is another one.
    static func components<Result>(
        _ row: Row,
        at column: Int,
        dimension: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result? {
        try row.withUnsafeData(atIndex: column) { data in
            guard let data else { return nil }
            guard data.count == dimension * MemoryLayout<UInt16>.size else {
                throw MekikiError(
                    .badData,
                    """
                    The library is damaged: a vector has \(data.count) bytes where \(dimension) \
                    components were expected. \(MekikiError.repairAdvice)
                    """
                )
            }
            return try data.withUnsafeBytes(body)
        }
    }

    /// Rows whose components are no vector of unit length: what encoders make has it, and what damage
    /// makes of that has not.
    ///
    /// - Parameters:
    ///   - db: A connection.
    ///   - table: `vector` or `text_vector`.
    ///   - limit: How many are enough.
    /// - Returns: The rows' numbers.
    /// - Throws: What the database throws.
    static func damagedRows(
        _ db: Database,
        in table: String = "vector",
        limit: Int
    ) throws -> [Int64] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(table).id, components, dimension
                FROM \(table) JOIN space ON space.id = space_id
                """
        )
        var damaged: [Int64] = []
        while damaged.count < limit, let row = try rows.next() {
            let dimension: Int = try row.decode(atIndex: 2)
            let isSound = try row.withUnsafeData(atIndex: 1) { data in
                guard let data, data.count == dimension * MemoryLayout<UInt16>.size else {
                    return false
                }
                let length = data.withUnsafeBytes { HalfVector(bytes: $0) }.embedding.values
                    .reduce(0) { $0 + $1 * $1 }
                // Half precision moves it by less than a thousandth; what is no number compares false.
                return abs(length - 1) < 0.01
            }
            if !isSound { damaged.append(try row.decode(atIndex: 0)) }
        }
        return damaged
    }
}
