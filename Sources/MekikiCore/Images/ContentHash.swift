import Crypto
import Foundation

/// The SHA-256 of a file's bytes: what makes an image itself, whatever its name and place.
public struct ContentHash: Hashable, Sendable {
    /// The 32 bytes of the digest.
    public let bytes: [UInt8]

    /// Wraps a digest read from storage.
    ///
    /// - Parameter bytes: 32 bytes.
    /// - Throws: `MekikiError` with code `badData` when the count is not 32.
    public init(bytes: [UInt8]) throws {
        guard bytes.count == SHA256.byteCount else {
            throw MekikiError(.badData, "A content hash has 32 bytes; \(bytes.count) were found.")
        }
        self.bytes = bytes
    }

    /// Hashes a file's bytes.
    ///
    /// - Parameter data: The whole file.
    /// - Complexity: O(n) in the number of bytes.
    public init(of data: Data) {
        bytes = Array(SHA256.hash(data: data))
    }
}

extension ContentHash: CustomStringConvertible {
    /// The digest as 64 hexadecimal digits.
    public var description: String {
        let digits: [Character] = Array("0123456789abcdef")
        var text = ""
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
