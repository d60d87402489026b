import Crypto
import Foundation
import HTTPTypes

/// A strong entity tag (RFC 9110, section 8.8.3): names exactly these bytes.
struct EntityTag: Sendable, Equatable, CustomStringConvertible {
    /// The tag with its quotation marks, as a header holds it.
    let description: String

    /// Names bytes by what they are.
    ///
    /// - Parameter name: A name that no other bytes of this resource have, without quotation marks.
    init(_ name: String) {
        description = "\"\(name)\""
    }

    /// Names bytes by their digest.
    ///
    /// - Parameter data: The bytes.
    init(of data: Data) {
        self.init(SHA256.hash(data: data).prefix(16).hexadecimal)
    }

    /// Whether a client's `If-None-Match` holds this tag, so that it needs no bytes.
    ///
    /// - Parameter header: The header; `nil` without one.
    /// - Returns: Whether one of its tags is this one, by the weak comparison that it asks for.
    func isIn(_ header: String?) -> Bool {
        guard let header else { return false }
        if header.trimmingCharacters(in: .whitespaces) == "*" { return true }
        return header.split(separator: ",").contains { part in
            var tag = part.trimmingCharacters(in: .whitespaces)
            if tag.hasPrefix("W/") { tag.removeFirst(2) }
            return tag == description
        }
    }
}
