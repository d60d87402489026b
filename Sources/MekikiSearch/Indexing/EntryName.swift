import Foundation
import MekikiCore

/// The name of a folder's entry, which need not be UTF-8.
struct EntryName {
    /// The name, `nil` when it is not UTF-8.
    let exact: String?

    private let readable: String

    init(_ entry: UnsafeMutablePointer<dirent>) {
        (exact, readable) = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            let capacity = MemoryLayout.size(ofValue: tuple.pointee)
            return tuple.withMemoryRebound(to: CChar.self, capacity: capacity) {
                (String(validatingCString: $0), String(cString: $0))
            }
        }
    }

    var isHidden: Bool { readable.hasPrefix(".") }

    var isImageLike: Bool {
        guard let dot = readable.lastIndex(of: ".") else { return false }
        let ending = readable[readable.index(after: dot)...].lowercased()
        return ImageFormat.fileExtensions.contains(ending)
    }
}
