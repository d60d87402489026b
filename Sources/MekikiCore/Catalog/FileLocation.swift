import Foundation

/// Where a file is: a folder that was indexed, and the path below it.
///
/// Locations are equal when their UTF-8 bytes are. Swift's strings compare by canonical equivalence,
/// by which a composed and a decomposed が are one; on Linux they are two files.
public struct FileLocation: Sendable {
    /// The absolute path of the folder that was indexed, without a slash at its end.
    public var root: String

    /// The path below the root, parts separated by `/`.
    public var path: String

    /// Creates a location.
    ///
    /// - Parameters:
    ///   - root: The indexed folder's absolute path.
    ///   - path: The path below it.
    public init(root: String, path: String) {
        self.root = root
        self.path = path
    }

    /// The file's absolute path.
    public var absolutePath: String { root == "/" ? "/" + path : root + "/" + path }

    /// The file's name, without its folder.
    public var name: String {
        // By bytes: a slash with a combining mark behind it is another character to Swift.
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// The same file under a root that lies around its own.
    ///
    /// - Parameter outer: An absolute path that contains the root.
    /// - Returns: The location below `outer`; `nil` when `outer` does not contain the root.
    public func moved(under outer: String) -> FileLocation? {
        guard Self.contains(outer, root) else { return nil }
        let below = absolutePath.utf8.dropFirst(outer == "/" ? 1 : outer.utf8.count + 1)
        return FileLocation(root: outer, path: String(Substring(below)))
    }

    /// The path of a folder below another.
    ///
    /// - Parameters:
    ///   - folder: An absolute path without a slash at its end.
    ///   - root: An absolute path.
    /// - Returns: The path, empty for the root itself; `nil` when the folder lies elsewhere.
    package static func path(of folder: String, below root: String) -> String? {
        if folder.hasBytes(of: root) { return "" }
        guard contains(root, folder) else { return nil }
        return String(Substring(folder.utf8.dropFirst(root == "/" ? 1 : root.utf8.count + 1)))
    }

    /// Whether a path lies strictly inside a folder, by bytes.
    ///
    /// - Parameters:
    ///   - folder: An absolute path without a slash at its end.
    ///   - path: An absolute path.
    /// - Returns: `false` for equal paths.
    public static func contains(_ folder: String, _ path: String) -> Bool {
        path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
            && path.utf8.count > folder.utf8.count + (folder == "/" ? 0 : 1)
    }
}

extension FileLocation: Hashable {
    /// Compares the bytes of both parts.
    public static func == (lhs: FileLocation, rhs: FileLocation) -> Bool {
        lhs.path.hasBytes(of: rhs.path) && lhs.root.hasBytes(of: rhs.root)
    }

    /// Hashes the bytes of both parts.
    public func hash(into hasher: inout Hasher) {
        for part in [root, path] {
            var part = part
            part.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            // Bytes that no UTF-8 holds keep ("a", "b/c") apart from ("a/b", "c").
            hasher.combine(UInt8(0xFF))
        }
    }
}

extension FileLocation: Comparable {
    /// Orders by the bytes of the root, then of the path.
    public static func < (lhs: FileLocation, rhs: FileLocation) -> Bool {
        lhs.order(with: rhs) < 0
    }

    /// Compares as `<` does, once for all three answers.
    ///
    /// - Parameter other: Another location.
    /// - Returns: A negative number when this one comes first, 0 for the same place.
    package func order(with other: FileLocation) -> Int {
        let roots = root.orderOfBytes(with: other.root)
        return roots == 0 ? path.orderOfBytes(with: other.path) : roots
    }
}

extension String {
    /// Whether two strings have the same UTF-8: `==` takes differently composed accents for equal.
    fileprivate func hasBytes(of other: String) -> Bool {
        utf8.count == other.utf8.count && orderOfBytes(with: other) == 0
    }

    /// The order of the UTF-8, for hundreds of thousands of paths: bytes side by side in memory are
    /// compared sixteen and more at a time, those of a collection's iterator one by one.
    fileprivate func orderOfBytes(with other: String) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count - right.count
                }
                let order = Int(memcmp(first, second, min(left.count, right.count)))
                return order == 0 ? left.count - right.count : order
            }
        }
        // Only a string that another language made has its bytes elsewhere.
        if let order = order ?? nil { return order }
        if utf8.elementsEqual(other.utf8) { return 0 }
        return utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }
}
