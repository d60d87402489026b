import MekikiCore

/// Something that may work when it is tried again.
struct TransientFailure: Error, Sendable, Hashable {
    /// What happened, in a few words that complete "The download stopped: …".
    var reason: String

    /// How long the other side asks to wait.
    var wait: Duration?

    /// What a person can do when it never works; `nil` for the usual.
    var advice: String?

    /// The error that is left when nothing helped.
    ///
    /// - Parameter subject: What was asked for.
    /// - Returns: The error.
    func final(_ subject: String) -> MekikiError {
        let advice =
            advice
            ?? "Check the connection and run the same command again: it goes on where it stopped."
        return MekikiError(.unavailable, "\(reason). \(advice)", subject: subject)
    }
}
