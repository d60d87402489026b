import MekikiCore

/// Files and folders below one root, as bytes: asked for each of many files whether it is one of them
/// or lies below one.
struct PlaceSet: Sendable {
    private let paths: Set<[UInt8]>

    /// Takes paths below the root; the empty one is the root itself.
    init(_ paths: some Sequence<String>) {
        self.paths = Set(paths.map { Array($0.utf8) })
    }

    /// Whether there is none.
    var isEmpty: Bool { paths.isEmpty }

    /// Whether a path is one of them or lies below one.
    ///
    /// - Complexity: O(depth) of the path, however many places there are.
    func holds(_ path: String) -> Bool {
        guard !paths.isEmpty else { return false }
        if paths.contains([]) { return true }
        var bytes = Array(path.utf8)
        while !paths.contains(bytes) {
            guard let slash = bytes.lastIndex(of: 0x2F) else { return false }
            bytes.removeSubrange(slash...)
        }
        return true
    }

    /// Whether a file lies directly in one of them.
    func holdsDirectly(_ path: String) -> Bool {
        guard !paths.isEmpty else { return false }
        let bytes = Array(path.utf8)
        guard let slash = bytes.lastIndex(of: 0x2F) else { return paths.contains([]) }
        return paths.contains(Array(bytes[..<slash]))
    }
}
