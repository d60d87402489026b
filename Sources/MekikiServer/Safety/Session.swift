import Crypto
import Foundation

/// The cookie that a browser gets for the token: until when it holds, and a signature.
///
/// Nothing is kept about it: whoever knows the token could have made it, and another token ends it.
struct Session: Sendable {
    /// The cookie's name.
    static let cookieName = "mekiki_session"

    /// How long a session lasts.
    static let lifetime: TimeInterval = 30 * 24 * 60 * 60

    private let key: SymmetricKey
    private let now: @Sendable () -> Date

    /// Makes and checks sessions of a token.
    init(_ token: AccessToken, now: @escaping @Sendable () -> Date = { Date() }) {
        key = token.sessionKey
        self.now = now
    }

    /// A new session's value.
    func make() -> String {
        let end = String(Int(now().timeIntervalSince1970 + Self.lifetime))
        return end + "." + signature(of: end)
    }

    /// Whether a value was made here and still holds.
    func accepts(_ value: String) -> Bool {
        let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].isDigits, let end = Int(parts[0]) else { return false }
        // Of digests, so that the time says nothing about where the signatures differ.
        let isSigned =
            SHA256.hash(data: Array(signature(of: parts[0]).utf8))
            == SHA256.hash(data: Array(parts[1].utf8))
        return isSigned && Double(end) > now().timeIntervalSince1970
    }

    /// The header that sets the cookie; without a value, the one that removes it.
    static func cookie(_ value: String?) -> String {
        let age = value == nil ? 0 : Int(lifetime)
        return "\(cookieName)=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(age)"
    }

    private func signature(of text: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key).hexadecimal
    }
}
