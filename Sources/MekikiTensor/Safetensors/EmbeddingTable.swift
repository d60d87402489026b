import MekikiCore

/// A matrix in a mapped file, of which single rows are read: of a table of 49,408 words a text needs
/// a dozen.
public struct EmbeddingTable: Sendable {
    /// The number of rows.
    public let rows: Int

    /// Elements of each row.
    public let columns: Int

    private let file: Safetensors
    private let entry: SafetensorsEntry

    init(_ file: Safetensors, _ entry: SafetensorsEntry, named name: String) throws {
        guard entry.element.isWeight else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' holds \(entry.element.rawValue); weights are F32, F16 or "
                    + "BF16.",
                subject: file.file.url.path
            )
        }
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
        Safetensors.convert(base + offset, entry.element, target, count: columns)
    }
}
