/// A statement about one field of an image.
public struct FilterCondition: Sendable, Hashable {
    /// The field.
    public var field: FilterField

    /// What is said about it.
    public var relation: Relation

    /// Creates a statement.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - relation: What is said about it; it has to suit the field's kind.
    public init(_ field: FilterField, _ relation: Relation) {
        self.field = field
        self.relation = relation
    }

    /// What is said about a field.
    public enum Relation: Sendable, Hashable {
        /// A text field is this text, apart from case and width.
        case equals(String)
        /// A text field contains this text, apart from case and width; a folder is this one or within it.
        case contains(String)
        /// A number is within bounds; `nil` for an open end. Whole numbers are exact up to 2^53.
        case number(atLeast: Double?, atMost: Double?, excludesLower: Bool, excludesUpper: Bool)
        /// A moment is within these, the last excluded: `2024-06-30T18:05:09`, local time without a zone;
        /// `nil` for an open end.
        case moment(from: String?, before: String?)
    }
}
