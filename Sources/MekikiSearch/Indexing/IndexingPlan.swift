import MekikiCore

/// What has to be done to bring a catalog up to date with a folder: a pure decision over what was
/// found and what is known.
public struct IndexingPlan: Sendable, Equatable {
    /// Files to read: new ones, changed ones, and failed ones that changed since; ordered by path.
    public private(set) var toRead: [ScannedFile] = []

    /// Files that were missing and are back unchanged.
    public private(set) var returned: [FileRecord] = []

    /// Unchanged files whose number in the file system is to be noted anew: the catalog had none, or
    /// the numbers are not to be believed.
    public private(set) var refreshed: [FileRecord] = []

    /// Files that are gone, ordered by path; they are marked missing, or forgotten when pruning.
    public private(set) var gone: [FileLocation] = []

    /// How many files are as they were.
    public private(set) var unchangedCount = 0

    /// How many files failed before and have not changed since.
    public private(set) var stillFailingCount = 0

    /// Why files that are gone are left alone; `nil` when nothing holds them back.
    public private(set) var hesitation: Hesitation?

    /// Why files that are gone are left alone.
    ///
    /// A disk that is not mounted looks exactly like a folder whose images were all deleted.
    public enum Hesitation: Sendable, Equatable {
        /// The folder holds no image at all, and held this many.
        case folderIsEmpty(known: Int)
        /// More than a fifth of the folder's images are gone.
        case tooManyGone(gone: Int, known: Int)
    }

    /// The share of a folder's files that may be gone without anyone being asked.
    public static let toleratedLoss = 0.2

    /// Files that are read again for another inode alone, however large their share.
    ///
    /// When more have one, and they are more than half, the file system gave out new numbers: the
    /// folder was copied, or mounted again. Reading them all would take hours and tell nothing.
    public static let believedInodeChanges = 100

    /// Compares a folder with the catalog.
    ///
    /// - Parameters:
    ///   - found: The files that a scan found.
    ///   - known: The files that the catalog knows in the same place, missing ones included.
    ///   - failures: The failures that the catalog knows there.
    ///   - unreadable: Places that the scan could not look into: files below them are not gone.
    ///   - deletions: Files and folders that somebody saw being deleted or moved away: they don't
    ///     count as lost.
    ///   - pruning: Whether files that are gone are to be forgotten, however many.
    /// - Complexity: O(n) in the number of files found and known, where they come ordered.
    public init(
        found: [ScannedFile],
        known: [FileRecord],
        failures: [FailureRecord],
        unreadable: [FileLocation] = [],
        deletions: [FileLocation] = [],
        pruning: Bool = false
    ) {
        let found = found.ordered(by: \.location)
        let known = known.ordered(by: \.location)
        let failures = failures.ordered(by: \.location)
        var unseen = Unseen()
        var renumbered: [(file: ScannedFile, record: FileRecord)] = []
        var comparedInodes = 0

        var nextKnown = 0
        var nextFailure = 0
        for file in found {
            let place = file.location
            while nextKnown < known.count {
                let order = known[nextKnown].location.order(with: place)
                if order < 0 { unseen.files.append(known[nextKnown]) }
                if order >= 0 { break }
                nextKnown += 1
            }
            while nextFailure < failures.count {
                let order = failures[nextFailure].location.order(with: place)
                if order < 0 { unseen.failures.append(failures[nextFailure].location) }
                if order >= 0 { break }
                nextFailure += 1
            }
            let failure = nextFailure < failures.count ? failures[nextFailure] : nil
            let record = nextKnown < known.count ? known[nextKnown] : nil
            if let failure, failure.location == place {
                let isSame =
                    failure.stamp.agrees(with: file.stamp)
                    && !failure.stamp.hasAnotherInode(than: file.stamp)
                if isSame { stillFailingCount += 1 } else { toRead.append(file) }
            } else if let record, record.location == place, record.stamp.agrees(with: file.stamp) {
                if record.stamp.inode != nil, file.stamp.inode != nil { comparedInodes += 1 }
                if record.stamp.hasAnotherInode(than: file.stamp) {
                    renumbered.append((file, record))
                } else {
                    keep(record, file)
                }
            } else {
                toRead.append(file)
            }
            if let record, record.location == place { nextKnown += 1 }
            if let failure, failure.location == place { nextFailure += 1 }
        }
        unseen.files += known[nextKnown...]
        unseen.failures += failures[nextFailure...].map(\.location)

        let isRenumbered =
            renumbered.count > Self.believedInodeChanges && renumbered.count * 2 > comparedInodes
        for (file, record) in renumbered {
            if isRenumbered { keep(record, file) } else { toRead.append(file) }
        }
        toRead = toRead.ordered(by: \.location)
        decideWhatIsGone(
            unseen,
            isEmpty: found.isEmpty,
            presentBefore: known.count(where: { !$0.isMissing }),
            unreadable: unreadable,
            deletions: deletions,
            pruning: pruning
        )
    }

    /// What is known and was not found.
    private struct Unseen {
        var files: [FileRecord] = []
        var failures: [FileLocation] = []
    }

    /// Takes a file for what it was.
    private mutating func keep(_ record: FileRecord, _ file: ScannedFile) {
        var now = record
        now.stamp = file.stamp
        now.isMissing = false
        if record.isMissing {
            returned.append(now)
        } else {
            unchangedCount += 1
            if record.stamp != file.stamp { refreshed.append(now) }
        }
    }

    private mutating func decideWhatIsGone(
        _ unseen: Unseen,
        isEmpty: Bool,
        presentBefore: Int,
        unreadable: [FileLocation],
        deletions: [FileLocation],
        pruning: Bool
    ) {
        let hidden = PlaceSet(unreadable.map(\.path))
        let goneRecords = unseen.files.filter {
            (pruning || !$0.isMissing) && !hidden.holds($0.location.path)
        }
        // A failure has no image to lose, so it is forgotten with its file.
        let goneFailures = unseen.failures.filter { !hidden.holds($0.path) }
        gone = (goneRecords.map(\.location) + goneFailures).ordered(by: \.self)
        gone = gone.enumerated().filter { $0 == 0 || gone[$0 - 1] != $1 }.map(\.element)

        guard !pruning, !goneRecords.isEmpty else { return }
        let deleted = PlaceSet(deletions.map(\.path))
        // A new file of the same length and time is most likely the same file, moved.
        var arrivals = Dictionary(
            toRead.map { (LengthAndTime($0.stamp), 1) },
            uniquingKeysWith: +
        )
        let lost = goneRecords.filter { record in
            if deleted.holds(record.location.path) { return false }
            let key = LengthAndTime(record.stamp)
            guard let count = arrivals[key], count > 0 else { return true }
            arrivals[key] = count - 1
            return false
        }
        if isEmpty, !lost.isEmpty {
            hesitation = .folderIsEmpty(known: presentBefore)
        } else if Double(lost.count) > Self.toleratedLoss * Double(presentBefore) {
            hesitation = .tooManyGone(gone: lost.count, known: presentBefore)
        }
        if hesitation != nil { gone = [] }
    }

    /// What a moved file keeps, whatever file system it was moved to.
    private struct LengthAndTime: Hashable {
        let byteCount: Int64
        let modifiedAt: Int64

        init(_ stamp: FileStamp) {
            byteCount = stamp.byteCount
            modifiedAt = stamp.modifiedAt
        }
    }
}

extension Array {
    /// The elements in the order of their places; those that come in order, as those of a scan and of
    /// a catalog do, are only looked through.
    fileprivate func ordered(by place: (Element) -> FileLocation) -> [Element] {
        let isInOrder = zip(self, dropFirst()).allSatisfy { place($0) <= place($1) }
        return isInOrder ? self : sorted { place($0) < place($1) }
    }
}
