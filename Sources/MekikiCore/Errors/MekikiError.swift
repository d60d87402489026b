/// An error that a person can act on: what happened, to which file or field, and what to do.
///
/// Data and the world throw this type; programmer mistakes trap instead.
public struct MekikiError: Error, Sendable {
    /// The kind of failure, which decides a command's exit status.
    public var code: Code

    /// What happened and what to do about it, in whole sentences.
    public var message: String

    /// The file, folder or field that the message is about, as its reader would name it.
    public var subject: String?

    /// The error underneath, kept for diagnosis.
    public var cause: (any Error)?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What happened and what to do about it, in whole sentences.
    ///   - subject: The file, folder or field concerned.
    ///   - cause: The error underneath.
    public init(
        _ code: Code,
        _ message: String,
        subject: String? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.subject = subject
        self.cause = cause
    }
}

extension MekikiError: CustomStringConvertible {
    /// The message, preceded by what it is about.
    public var description: String {
        guard let subject else { return message }
        return "\(subject): \(message)"
    }
}
