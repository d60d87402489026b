/// Which space of a role answers, and which one is to take its place when it is filled.
public struct SpaceSelection: Hashable, Sendable {
    /// The space that answers; `nil` in a library that was never indexed.
    public var current: ChosenSpace?

    /// The space that is being filled to take the place of the current one.
    public var pending: ChosenSpace?

    /// Creates a selection; by default of nothing.
    ///
    /// - Parameters:
    ///   - current: The space that answers.
    ///   - pending: The space that is being filled.
    public init(current: ChosenSpace? = nil, pending: ChosenSpace? = nil) {
        self.current = current
        self.pending = pending
    }

    /// A wish to change a selection.
    public enum Change: Hashable, Sendable {
        /// Make a space the current one where there is none yet: what the first run indexes with.
        ///
        /// Of the space that is current already, only the folder is noted anew.
        case adopt(ChosenSpace)

        /// Let a space take the current one's place as soon as it is filled; the current one gives up
        /// whatever was to take its place.
        case request(ChosenSpace)

        /// Put the pending space in place if nothing lacks a vector in it.
        case complete(VectorSpace)

        /// Put the pending space in place whatever lacks a vector in it.
        case completeAnyway(VectorSpace)

        /// Let the current space stay.
        case cancel
    }

    /// The selection after a change.
    ///
    /// - Parameters:
    ///   - change: What is wished.
    ///   - isFilled: Tells whether nothing lacks a vector in a space; asked only when it matters.
    /// - Returns: The selection; the same one where the change means nothing.
    /// - Throws: What `isFilled` throws.
    public func applying(
        _ change: Change,
        isFilled: (VectorSpace) throws -> Bool
    ) rethrows -> SpaceSelection {
        var next = self
        switch change {
        case .adopt(let chosen):
            if current == nil || current?.space == chosen.space { next.current = chosen }
            if pending?.space == next.current?.space { next.pending = nil }
        case .request(let chosen):
            if current == nil || current?.space == chosen.space {
                next = SpaceSelection(current: chosen)
            } else if try isFilled(chosen.space) {
                // Back to a space that was kept, or in an empty library.
                next = SpaceSelection(current: chosen)
            } else {
                next.pending = chosen
            }
        case .complete(let space):
            guard let pending, pending.space == space, try isFilled(space) else { break }
            next = SpaceSelection(current: pending)
        case .completeAnyway(let space):
            guard let pending, pending.space == space else { break }
            next = SpaceSelection(current: pending)
        case .cancel:
            next.pending = nil
        }
        return next
    }
}
