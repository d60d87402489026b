import Foundation

/// What a `Content-Type` header says.
enum MediaType {
    /// The type's name in lower case, without its parameters; `nil` without a header.
    static func name(of header: String?) -> String? {
        header?.split(separator: ";", omittingEmptySubsequences: false).first?
            .trimmingCharacters(in: .whitespaces).lowercased()
    }
}
