import Foundation
import MekikiCore

/// An image as a file of queries names it.
public enum ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// Its number in the library.
    case number(ImageID)
    /// Its content.
    case content(ContentHash)
    /// A file that holds it: an absolute path, one below the file of queries, or the end of one.
    case path(String)

    /// Reads what stands in the file: 64 hexadecimal digits are a content, all else is a path.
    ///
    /// - Parameter text: What stands there.
    init(_ text: String) {
        self = ContentHash(hexadecimal: text).map(Self.content) ?? .path(text)
    }

    /// What a person wrote to name it.
    public var description: String {
        switch self {
        case .number(let id): "\(id)"
        case .content(let hash): hash.description
        case .path(let path): path
        }
    }
}

extension ContentHash {
    /// Reads 64 hexadecimal digits; `nil` for anything else.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard text.utf8.count == 64, digits.count == 64 else { return nil }
        let bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        guard let hash = try? ContentHash(bytes: bytes) else { return nil }
        self = hash
    }
}
