extension FilterCondition {
    /// Refuses a relation that doesn't suit its field.
    ///
    /// - Throws: `MekikiError` with code `usage`.
    public func check() throws {
        let suits =
            switch (relation, field.kind) {
            case (.equals, .text), (.contains, .text), (.number, .number), (.moment, .moment): true
            default: false
            }
        guard suits else {
            throw MekikiError(
                .usage,
                "The field \(field.rawValue) holds \(field.kind.plural): it can't be compared so.",
                subject: field.rawValue
            )
        }
        if field == .has, case .equals(let wanted) = relation,
            ImageProperty(rawValue: wanted) == nil
        {
            let known = ImageProperty.allCases.map(\.rawValue).joined(separator: ", ")
            throw MekikiError(.usage, "An image can have: \(known).", subject: "has:\(wanted)")
        }
    }
}

extension FilterField.Kind {
    fileprivate var plural: String {
        switch self {
        case .text: "texts"
        case .number: "numbers"
        case .moment: "moments"
        }
    }
}
