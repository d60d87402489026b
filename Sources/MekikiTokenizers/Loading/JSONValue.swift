/// A JSON value as it stands in a file, members in file order.
///
/// Foundation's decoders put members into dictionaries that compare keys canonically, which would
/// merge pieces of a vocabulary that differ only in their composition.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])
    /// A large part of the file that is read piece by piece: where it stands.
    case unread(Range<Int>)

    struct Member: Sendable {
        let key: String
        let value: JSONValue
    }
}
