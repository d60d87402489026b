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
        lhs.path.utf8.elementsEqual(rhs.path.utf8) && lhs.root.utf8.elementsEqual(rhs.root.utf8)
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
        if lhs.root.utf8.elementsEqual(rhs.root.utf8) {
            return lhs.path.utf8.lexicographicallyPrecedes(rhs.path.utf8)
        }
        return lhs.root.utf8.lexicographicallyPrecedes(rhs.root.utf8)
    }
}
