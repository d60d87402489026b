import GRDB
import MekikiCore

/// A row of `vector`.
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
                    components were expected. Restore it from a copy, or index the folders again.
                    """
                )
            }
            return try data.withUnsafeBytes(body)
        }
    }
}
