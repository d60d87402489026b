/// Whether a library is being indexed, as far as it can be told from outside.
public enum IndexerState: Sendable, Equatable {
    /// A process is indexing; its number, where it is known.
    case held(Int32?)
    /// The process of this number was ended by force while it was indexing.
    case leftBehind(Int32)
}
