import MekikiCore

/// What changed in watched folders since they were last indexed.
///
/// Folders and files are named by the watched folder and the path below it, compared by bytes.
public struct FolderChanges: Sendable, Equatable {
    /// Folders among whose own entries something changed.
    public var touched: Set<FileLocation> = []

    /// Folders to look through with everything below them: new ones, those that are gone, and those
    /// of which it is not known what changed.
    public var whole: Set<FileLocation> = []

    /// Files and folders that were seen being deleted or moved away.
    public var deletions: Set<FileLocation> = []

    /// Creates changes; by default none.
    ///
    /// - Parameters:
    ///   - touched: Folders among whose own entries something changed.
    ///   - whole: Folders to look through with everything below them.
    ///   - deletions: Files and folders that were seen going.
    public init(
        touched: Set<FileLocation> = [],
        whole: Set<FileLocation> = [],
        deletions: Set<FileLocation> = []
    ) {
        self.touched = touched
        self.whole = whole
        self.deletions = deletions
    }

    /// Whether nothing is to be looked at.
    public var isEmpty: Bool { touched.isEmpty && whole.isEmpty }

    /// The watched folders that are concerned, ordered by path.
    var roots: [String] {
        let places = Set(touched.union(whole).map { FileLocation(root: $0.root, path: "") })
        return places.sorted().map(\.root)
    }

    /// What is to be scanned below a root of the catalog, ordered; a part that another holds is left
    /// out.
    ///
    /// - Parameters:
    ///   - watched: The watched folder.
    ///   - root: The root that it belongs to.
    /// - Returns: The parts.
    func scopes(of watched: String, under root: String) -> [ScanScope] {
        let deep = Self.paths(whole, of: watched, under: root)
        var outermost: [String] = []
        for path in deep where !PlaceSet(outermost).holds(path) { outermost.append(path) }
        let covered = PlaceSet(outermost)
        let shallow = Self.paths(touched, of: watched, under: root).filter { !covered.holds($0) }
        return outermost.map { ScanScope(folder: $0, isDeep: true) }
            + shallow.map { ScanScope(folder: $0, isDeep: false) }
    }

    /// What was seen going, below a root of the catalog.
    func deletions(of watched: String, under root: String) -> [FileLocation] {
        Self.paths(deletions, of: watched, under: root)
            .map { FileLocation(root: root, path: $0) }
    }

    /// Paths that were counted from a watched folder, counted from its root; outer ones come first.
    private static func paths(
        _ places: Set<FileLocation>,
        of watched: String,
        under root: String
    ) -> [String] {
        let own = places.filter { $0.root.utf8.elementsEqual(watched.utf8) }.sorted()
        return own.compactMap { place in
            let folder = place.path.isEmpty ? place.root : place.absolutePath
            return FileLocation.path(of: folder, below: root)
        }
    }
}
