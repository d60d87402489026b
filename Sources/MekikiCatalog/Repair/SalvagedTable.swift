/// The tables whose rows are saved, each told by what its rows look like.
///
/// Where a row stands says nothing in a damaged file: the page that named its table may be the damaged
/// one.
enum SalvagedTable: String, CaseIterable {
    case root
    case image
    case textField = "text_field"
    case file
    case failure
    case space
    case vector
    case textVector = "text_vector"
    case tag
    case generation
    case textLine = "text_line"
    case finishedWork = "finished_work"
    case setting
    case migration = "grdb_migrations"
    case sequence = "sqlite_sequence"

    /// Whether a row's number is its first column, which the record leaves out.
    var hasNumber: Bool {
        switch self {
        case .root, .image, .textField, .space, .vector, .textVector, .tag, .generation, .textLine:
            true
        case .file, .failure, .finishedWork, .setting, .migration, .sequence: false
        }
    }

    /// The table that a row is of; `nil` for rows that follow from others, and for damaged ones.
    ///
    /// - Parameters:
    ///   - record: The row.
    ///   - kind: The page that it stands on.
    init?(_ record: DatabaseRecord, on kind: TreePage.Kind) {
        let types = String(record.values.map(\.typeLetter))
        guard let table = kind.isOfTable ? Self.counted(types) : Self.sorted(types) else {
            return nil
        }
        // SQLite writes whatever bytes it is given as text; Mekiki gives it UTF-8 only.
        for case .text(let bytes) in record.values
        where String(validating: bytes, as: UTF8.self) == nil { return nil }
        if table == .image, case .blob(let hash) = record.values[1], hash.count != 32 { return nil }
        self = table
    }

    /// Tables with row numbers.
    private static func counted(_ types: String) -> SalvagedTable? {
        if types.hasPrefix("nbtiii"), types.count >= 10 { return .image }
        // Most fields of what an image was generated from may be unknown.
        if types.hasPrefix("ntt"), types.count == 15 { return .generation }
        if types.hasPrefix("niit"), types.count == 10 { return .textLine }
        // With a checksum in the end, or of a version that had none; a space's folder may be unknown.
        return switch types {
        case "nt", "nti": .root
        case "ntti", "nttii", "nttitti", "nttitni": .space
        case "nbiii": .textVector
        case "niib", "niibi": .vector
        case "nititt", "nititti": .textField
        // SQLite writes a whole number as an integer, also where a column has real ones.
        case "niittri", "niittii": .tag
        case "t": .migration
        case "ti": .sequence
        default: nil
        }
    }

    /// Tables without, which are kept as indexes are.
    private static func sorted(_ types: String) -> SalvagedTable? {
        if types.hasPrefix("itiiii") { return .file }
        if types.hasPrefix("itiit") { return .failure }
        if types.hasPrefix("itt"), types.count == 5 { return .finishedWork }
        return types == "tt" || types == "tti" ? .setting : nil
    }
}

extension DatabaseRecord.Value {
    /// A letter for the value's type.
    fileprivate var typeLetter: Character {
        switch self {
        case .null: "n"
        case .integer: "i"
        case .real: "r"
        case .text: "t"
        case .blob: "b"
        }
    }
}
