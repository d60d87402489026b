import CMekikiKernels
import Foundation
import MekikiCore

/// What a folder's list says about the vectors of one space: which files hold them, which of the
/// files' rows still count, and which images have their vectors elsewhere.
struct KeptVectors: Codable {
    /// A file of sealed vectors.
    struct Part: Codable {
        /// The file's name.
        var file: String
        /// The checksum in the file's header, which tells it from every other file.
        var sum: UInt64
        /// The rows that are still their images', as 32-bit words, lower byte first.
        var present: Data
        /// Of those, the rows that take part in searches.
        var visible: Data
    }

    /// Raised when the same list comes to mean something else.
    var version = Self.currentVersion
    var dimension: Int
    /// The catalog's generation that all of this is of.
    var generation: Int64
    var parts: [Part]
    /// The images whose vectors are in no file, ascending.
    var unsealed: [Int64]

    static let currentVersion = 1

    static func data(_ words: [UInt32]) -> Data {
        words.map(\.littleEndian).withUnsafeBytes { Data($0) }
    }

    static func words(_ data: Data) -> [UInt32] {
        data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
            }
        }
    }

    /// A checksum of a list's bytes.
    static func sum(of data: Data) -> UInt64 {
        data.withUnsafeBytes { mekiki_checksum($0.baseAddress, $0.count) }
    }
}
