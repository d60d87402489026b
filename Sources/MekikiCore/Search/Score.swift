/// A score together with its kind, because scores of different kinds can't be compared.
public enum Score: Sendable, Equatable {
    /// The cosine of the angle between two unit vectors, -1 to 1.
    case cosine(Float)
}
