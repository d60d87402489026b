import MekikiCore

/// A model that a command works with, and why it is that one.
public struct UsedModel: Sendable {
    /// The model.
    public var model: LoadedModel

    /// Why it is this one.
    public var reason: Reason

    /// Why a command works with a model.
    public enum Reason: Sendable, Equatable {
        /// It was named for this command.
        case named
        /// The library's vectors are of it.
        case library
        /// Nothing was said, and the library has no vectors yet.
        case standard
    }

    /// Notes a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - reason: Why it is this one.
    public init(_ model: LoadedModel, _ reason: Reason) {
        self.model = model
        self.reason = reason
    }
}
