import Crypto
import Foundation
import MekikiKit

/// The secret that a request must know where a server can be reached from other machines.
///
/// It never reaches a log: its description hides it.
public struct AccessToken: Sendable {
    /// The fewest characters: so many can't be guessed, however fast somebody tries.
    public static let shortest = 16

    private let secret: [UInt8]

    /// Wraps a secret.
    ///
    /// - Parameter secret: The characters; white space around them is not part of it.
    /// - Throws: `MekikiError` with code `configuration` when it is too short to be one.
    public init(_ secret: String) throws {
        let trimmed = secret.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.count >= Self.shortest else {
            throw MekikiError(
                .configuration,
                "A token has \(Self.shortest) characters or more; this one has \(trimmed.count). "
                    + "`openssl rand -hex 24` makes a good one."
            )
        }
        self.secret = Array(trimmed.utf8)
    }

    /// Reads a secret from a file.
    ///
    /// - Parameter path: The file.
    /// - Returns: The token.
    /// - Throws: `MekikiError`: `noInput` when the file can't be read, `configuration` when what it
    ///   holds is too short.
    public static func read(file path: String) throws -> AccessToken {
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
            throw MekikiError(
                .noInput,
                "The token file can't be read. Check its name and its permissions.",
                subject: path
            )
        }
        do {
            return try AccessToken(text)
        } catch var error as MekikiError {
            error.subject = path
            throw error
        }
    }

    /// Whether a secret is this one, in a time that tells nothing about where it differs.
    ///
    /// - Parameter candidate: What a client sent.
    /// - Returns: Whether it is the same.
    public func matches(_ candidate: String) -> Bool {
        // Of the digests, whose length does not depend on the candidate's.
        let mine = SHA256.hash(data: secret)
        let theirs = SHA256.hash(data: Array(candidate.utf8))
        return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The key that sessions are signed with: another token ends them all.
    var sessionKey: SymmetricKey {
        SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(
                for: Array("mekiki session".utf8),
                using: SymmetricKey(data: secret)
            )
        )
    }
}

extension AccessToken: CustomStringConvertible {
    /// Never the secret.
    public var description: String { "AccessToken(hidden)" }
}
