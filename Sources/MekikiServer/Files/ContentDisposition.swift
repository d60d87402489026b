import Foundation

/// The header that tells a browser what to call a file when it is saved (RFC 6266).
enum ContentDisposition {
    /// What RFC 8187 lets stand as it is.
    private static let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~"
    )

    /// Shows the file in place, and names it.
    ///
    /// - Parameter name: The file's name, any characters.
    /// - Returns: The header's value, in ASCII.
    static func inline(_ name: String) -> String {
        let encoded = name.addingPercentEncoding(withAllowedCharacters: plain) ?? "image"
        return "inline; filename*=UTF-8''\(encoded)"
    }
}
