/// Which images may be found, apart from how well they match.
public indirect enum Filter: Sendable, Hashable {
    /// A statement about one field.
    case condition(FilterCondition)
    /// All of these hold; an empty list always does.
    case all([Filter])
    /// One of these holds; an empty list never does.
    case any([Filter])
    /// This does not hold.
    case not(Filter)
}
