extension Filter {
    /// Refuses a relation that doesn't suit its field.
    ///
    /// - Throws: `MekikiError` with code `usage`.
    public func check() throws {
        switch self {
        case .condition(let condition): try condition.check()
        case .all(let filters), .any(let filters): for filter in filters { try filter.check() }
        case .not(let filter): try filter.check()
        }
    }
}
