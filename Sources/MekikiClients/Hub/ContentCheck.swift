/// The hash that a file's content must have.
enum ContentCheck: Sendable, Hashable {
    /// SHA-256 of the bytes, as large files have it.
    case sha256(String)

    /// SHA-1 of git's header and the bytes, as small files have it.
    case gitBlob(String)

    /// The hash in hexadecimal, which is the content's name in the cache.
    var digits: String {
        switch self {
        case .sha256(let digits), .gitBlob(let digits): digits
        }
    }

    /// Reads a hash by its length: 64 hexadecimal digits or 40.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ HexadecimalDigits.contains($0) }) else { return nil }
        switch text.utf8.count {
        case 64: self = .sha256(text)
        case 40: self = .gitBlob(text)
        default: return nil
        }
    }
}
