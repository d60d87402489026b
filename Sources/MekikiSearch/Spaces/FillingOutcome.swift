/// How the filling of a space ended.
public enum FillingOutcome: Sendable, Equatable {
    /// The space is filled and answers.
    case switched
    /// Another space was requested meanwhile, or none: this one is filled as far as it came.
    case superseded
    /// So many images can't be encoded: their files are gone, or have changed since they were indexed.
    case incomplete(unreadable: Int)
    /// Somebody wished that it ends; it goes on when it is started again.
    case stopped
}
