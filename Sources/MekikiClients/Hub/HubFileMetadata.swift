import Foundation
import NIOHTTP1

/// What the hub says of a file before it is fetched.
struct HubFileMetadata: Sendable, Hashable {
    /// The name that the content has in the cache: its entity tag.
    var etag: String

    /// The commit that answered.
    var commit: String

    /// The length in bytes; `nil` where the hub doesn't tell.
    var size: Int64?

    /// Where the content is, where that is elsewhere; as the hub wrote it.
    var location: String?

    /// Reads the answer to a `HEAD` request.
    ///
    /// Returns `nil` where the answer has no commit or no usable entity tag, as it is when no hub
    /// answered.
    ///
    /// - Parameters:
    ///   - status: The answer's status.
    ///   - headers: Its headers.
    init?(status: UInt, _ headers: HTTPHeaders) {
        guard let commit = headers.first(name: "x-repo-commit"),
            HexadecimalDigits.isCommit(commit),
            let tag = headers.first(name: "x-linked-etag") ?? headers.first(name: "etag"),
            let etag = Self.normalized(tag)
        else { return nil }
        self.commit = commit
        self.etag = etag
        let isRedirect = (300..<400).contains(status)
        let length =
            headers.first(name: "x-linked-size")
            // A redirect's own length says nothing of the file.
            ?? (isRedirect ? nil : headers.first(name: "content-length"))
        size = length.flatMap(Int64.init).flatMap { $0 < 0 ? nil : $0 }
        location = isRedirect ? headers.first(name: "location") : nil
    }

    /// A tag without its quotes and its mark of weakness; `nil` when it can't be a file's name.
    private static func normalized(_ tag: String) -> String? {
        var text = tag.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("W/") { text.removeFirst(2) }
        text = text.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        guard (1...128).contains(text.utf8.count), !text.hasPrefix("."),
            text.utf8.allSatisfy({ byte in
                byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                    || (byte < 0x80 && Character(Unicode.Scalar(byte)).isLetter)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            })
        else { return nil }
        return text
    }
}
