import MekikiCore

/// A matrix in a mapped file, of which single rows are read: of a table of 49,408 words a text needs
/// a dozen.
public struct EmbeddingTable: Sendable {
    /// The number of rows.
    public let rows: Int

    /// Elements of each row.
    public let columns: Int

    private let file: any TensorFile
    private let entry: TensorEntry

    init(_ file: any TensorFile, _ entry: TensorEntry, named name: String) throws {
        try file.checkIsWeight(entry, named: name)
        precondition(entry.shape.count == 2, "A table has rows and columns.")
        rows = entry.shape[0]
        columns = entry.shape[1]
        self.file = file
        self.entry = entry
    }

    /// Copies a row as float32.
    ///
    /// - Parameters:
    ///   - row: Which row; outside the table is a programmer's mistake and traps.
    ///   - target: Where its `columns` elements go.
    public func copyRow(_ row: Int, to target: UnsafeMutablePointer<Float>) {
        precondition((0..<rows).contains(row), "A row lies inside its table.")
        let bytes = file.bytes(of: entry)
        guard let base = bytes.baseAddress else { return }
        let offset = row * columns * entry.element.byteCount
        entry.element.convert(base + offset, target, count: columns)
    }
}
