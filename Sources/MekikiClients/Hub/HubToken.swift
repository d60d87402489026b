import Foundation
import MekikiCore

/// What tells the hub who is asking; it never shows in a log or in an error.
public struct HubToken: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The token itself.
    let secret: String

    /// What may be printed.
    public var description: String { "a token" }

    /// What may be printed.
    public var debugDescription: String { description }

    /// Takes a token.
    ///
    /// - Parameters:
    ///   - text: The token; white space around it is removed.
    ///   - origin: Where it comes from, for the error.
    /// - Throws: `MekikiError` with code `configuration` when it can't be part of a request.
    public init?(_ text: String, from origin: String) throws {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { return nil }
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw MekikiError(
                .configuration,
                "The token has characters that no token has. Copy it again, without anything else.",
                subject: origin
            )
        }
        secret = trimmed
    }
}
