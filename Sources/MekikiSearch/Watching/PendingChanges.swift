import MekikiCore

/// Decides when changes are indexed, and which: a pure value that is told events and the time.
///
/// A burst of changes becomes one run: it begins when all has been quiet for a moment, or when the
/// first change has waited long enough. A folder in which a file is still being written is left out
/// until the file is closed, or nobody has written to it for a while.
struct PendingChanges {
    typealias Instant = ContinuousClock.Instant

    /// How long nothing may happen before a run.
    static let quiet: Duration = .seconds(1)

    /// How long after its last write an open file is waited for.
    static let writersPause: Duration = .seconds(10)

    /// How long a change waits at most, whatever else happens.
    static let patience: Duration = .seconds(60)

    /// A folder that is to be looked at.
    private struct Folder {
        var firstChange: Instant
        var isWhole: Bool
    }

    /// The watched folders.
    private let roots: [String]
    private var folders: [FileLocation: Folder] = [:]
    private var deletions: Set<FileLocation> = []
    /// Files that are open for writing, with the time of the last write that was noticed.
    private var writing: [FileLocation: Instant] = [:]
    private var lastChange: Instant?

    /// Begins without changes.
    ///
    /// - Parameter roots: The watched folders.
    init(roots: [String]) {
        self.roots = roots
    }

    /// Takes note of an event.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time.
    mutating func add(_ event: WatchEvent, at now: Instant) {
        switch event {
        case .writing(let file):
            writing[file] = now
            touch(file.parent, at: now)
        case .changed(let file):
            writing[file] = nil
            touch(file.parent, at: now)
        case .deleted(let file):
            writing[file] = nil
            deletions.insert(file)
            touch(file.parent, at: now)
        case .folderAppeared(let folder):
            touch(folder, isWhole: true, at: now)
        case .folderDeleted(let folder):
            deletions.insert(folder)
            forgetWriters(below: folder)
            touch(folder, isWhole: true, at: now)
        case .lostTrack:
            writing = [:]
            for root in roots { touch(FileLocation(root: root, path: ""), isWhole: true, at: now) }
        case .rootLeft(let root):
            // What vanished with its disk was not deleted.
            folders = folders.filter { !$0.key.root.utf8.elementsEqual(root.utf8) }
            deletions = deletions.filter { !$0.root.utf8.elementsEqual(root.utf8) }
            writing = writing.filter { !$0.key.root.utf8.elementsEqual(root.utf8) }
        case .limitReached:
            break
        }
    }

    /// Asks for a watched folder to be looked through as a whole.
    ///
    /// - Parameters:
    ///   - root: The watched folder.
    ///   - now: The time.
    mutating func addWhole(_ root: String, at now: Instant) {
        touch(FileLocation(root: root, path: ""), isWhole: true, at: now)
    }

    /// Takes back changes that could not be indexed.
    ///
    /// - Parameters:
    ///   - changes: What ``take(at:)`` gave.
    ///   - now: The time.
    mutating func putBack(_ changes: FolderChanges, at now: Instant) {
        for folder in changes.touched { touch(folder, at: now) }
        for folder in changes.whole { touch(folder, isWhole: true, at: now) }
        deletions.formUnion(changes.deletions)
    }

    /// When to ask for changes again, if nothing happens meanwhile; `nil` when there are none.
    ///
    /// - Parameter now: The time.
    /// - Returns: The moment, which may have passed.
    func deadline(at now: Instant) -> Instant? {
        guard let lastChange, !folders.isEmpty else { return nil }
        let quiet = lastChange + Self.quiet
        let patience = folders.values.map(\.firstChange).min().map { $0 + Self.patience }
        let start = min(quiet, patience ?? quiet)
        guard now >= start else { return start }
        return folders.map { max(start, release(of: $0.key, $0.value)) }.min()
    }

    /// Gives what is to be indexed now, and forgets it; `nil` when it is not time.
    ///
    /// - Parameter now: The time.
    /// - Returns: The changes.
    mutating func take(at now: Instant) -> FolderChanges? {
        guard let deadline = deadline(at: now), deadline <= now else { return nil }
        var changes = FolderChanges()
        for (place, folder) in folders where release(of: place, folder) <= now {
            if folder.isWhole { changes.whole.insert(place) } else { changes.touched.insert(place) }
            folders[place] = nil
        }
        // What is held back needs to know of its deletions later; the rest need not be told twice.
        changes.deletions = deletions
        if folders.isEmpty { deletions = [] }
        return changes
    }

    /// When a folder is no longer held back by files that are being written.
    private func release(of place: FileLocation, _ folder: Folder) -> Instant {
        let writers = writing.filter { file, _ in
            folder.isWhole ? file.isBelow(place) : file.parent == place
        }
        guard let latest = writers.values.max() else { return folder.firstChange }
        return min(latest + Self.writersPause, folder.firstChange + Self.patience)
    }

    private mutating func touch(_ place: FileLocation, isWhole: Bool = false, at now: Instant) {
        lastChange = now
        folders[place, default: Folder(firstChange: now, isWhole: isWhole)].isWhole =
            isWhole || folders[place]?.isWhole == true
    }

    private mutating func forgetWriters(below folder: FileLocation) {
        writing = writing.filter { !$0.key.isBelow(folder) }
    }
}

extension FileLocation {
    /// The folder that holds a file: the watched folder itself has an empty path.
    fileprivate var parent: FileLocation {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else {
            return FileLocation(root: root, path: "")
        }
        return FileLocation(root: root, path: String(path[..<slash]))
    }

    /// Whether it lies anywhere below a folder of the same root.
    fileprivate func isBelow(_ folder: FileLocation) -> Bool {
        guard root.utf8.elementsEqual(folder.root.utf8) else { return false }
        return folder.path.isEmpty || path.utf8.starts(with: (folder.path + "/").utf8)
    }
}
