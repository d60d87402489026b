import MekikiCore

/// A location as the bytes of its path.
///
/// To a file system, and to SQLite, `が` composed and `か` with a voicing mark are two names. Swift's
/// strings are equal when they look the same, so they can't tell two such files apart.
struct PathKey: Hashable, Comparable {
    private let root: [UInt8]
    private let path: [UInt8]

    init(_ location: FileLocation) {
        root = Array(location.root.utf8)
        path = Array(location.path.utf8)
    }

    static func < (lhs: PathKey, rhs: PathKey) -> Bool {
        lhs.root != rhs.root
            ? lhs.root.lexicographicallyPrecedes(rhs.root)
            : lhs.path.lexicographicallyPrecedes(rhs.path)
    }
}
