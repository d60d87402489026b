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

    /// Gives the vectors of a text's passages to a closure, one after the other.
    ///
    /// - Parameters:
    ///   - row: A row of `text_vector`.
    ///   - column: The column that holds the components, passage after passage.
    ///   - dimension: The components of a passage's vector.
    ///   - body: Reads the bytes of one passage, which are gone after it returns.
    /// - Throws: `MekikiError` with code `badData` when the components are not of whole vectors.
    static func passages(
        _ row: Row,
        at column: Int,
        dimension: Int,
        _ body: (_ passage: Int, _ components: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let size = dimension * MemoryLayout<UInt16>.size
        try row.withUnsafeData(atIndex: column) { data in
            guard let data, !data.isEmpty, data.count.isMultiple(of: size) else {
                throw MekikiError(
                    .badData,
                    """
                    The library is damaged: a text's vectors have \(data?.count ?? 0) bytes, where \
                    each has \(dimension) components. \(MekikiError.repairAdvice)
                    """
                )
            }
            try data.withUnsafeBytes { bytes in
                for passage in 0..<bytes.count / size {
                    let part = bytes[passage * size..<(passage + 1) * size]
                    try body(passage, UnsafeRawBufferPointer(rebasing: part))
                }
            }
        }
    }

    /// Rows whose components are no vectors of unit length: what encoders make has it, and what damage
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
                let size = dimension * MemoryLayout<UInt16>.size
                // Only a text may have several, one a passage.
                guard let data, table == "text_vector" || data.count == size, !data.isEmpty,
                    data.count.isMultiple(of: size)
                else { return false }
                return data.withUnsafeBytes { bytes in
                    stride(from: 0, to: bytes.count, by: size).allSatisfy { start in
                        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<start + size])
                        let length = HalfVector(bytes: part).embedding.values
                            .reduce(0) { $0 + $1 * $1 }
                        // Half precision moves it by less than a thousandth; what is no number
                        // compares false.
                        return abs(length - 1) < 0.01
                    }
                }
            }
            if !isSound { damaged.append(try row.decode(atIndex: 0)) }
        }
        return damaged
    }
}
