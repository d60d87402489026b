import Foundation

/// Numbers with what they count.
enum Count {
    /// A number and a noun, in the plural where that is due.
    static func of(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
    }

    /// A number of bytes, as a person reads it.
    static func bytes(_ count: Int) -> String {
        Int64(count).formatted(.byteCount(style: .file))
    }
}
