import MekikiCore

/// What has to be done to bring a catalog up to date with a folder: a pure decision over what was
/// found and what is known.
public struct IndexingPlan: Sendable, Equatable {
    /// Files to read: new ones, changed ones, and failed ones that changed since; ordered by path.
    public private(set) var toRead: [ScannedFile] = []

    /// Files that were missing and are back unchanged.
    public private(set) var returned: [FileRecord] = []

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

    /// Compares a folder with the catalog.
    ///
    /// - Parameters:
    ///   - found: The files that a scan found.
    ///   - known: The files that the catalog knows under the same root, missing ones included.
    ///   - failures: The failures that the catalog knows under the same root.
    ///   - unreadable: Places that the scan could not look into: files below them are not gone.
    ///   - pruning: Whether files that are gone are to be forgotten, however many.
    /// - Complexity: O(n) in the number of files found and known.
    public init(
        found: [ScannedFile],
        known: [FileRecord],
        failures: [FailureRecord],
        unreadable: [FileLocation] = [],
        pruning: Bool = false
    ) {
        let knownByPlace = Dictionary(known.map { ($0.location, $0) }) { first, _ in first }
        let failedByPlace = Dictionary(failures.map { ($0.location, $0) }) { first, _ in first }
        for file in found {
            if let failure = failedByPlace[file.location], failure.stamp == file.stamp {
                stillFailingCount += 1
            } else if let record = knownByPlace[file.location], record.stamp == file.stamp,
                failedByPlace[file.location] == nil
            {
                if record.isMissing {
                    returned.append(restored(record))
                } else {
                    unchangedCount += 1
                }
            } else {
                toRead.append(file)
            }
        }
        toRead.sort { $0.location < $1.location }
        decideWhatIsGone(
            found: found,
            known: known,
            failures: failures,
            unreadable: unreadable,
            pruning: pruning
        )
    }

    private func restored(_ record: FileRecord) -> FileRecord {
        var record = record
        record.isMissing = false
        return record
    }

    private mutating func decideWhatIsGone(
        found: [ScannedFile],
        known: [FileRecord],
        failures: [FailureRecord],
        unreadable: [FileLocation],
        pruning: Bool
    ) {
        let places = Set(found.map(\.location))
        let hidden = unreadable.map { $0.path.isEmpty ? "" : $0.path + "/" }
        // By bytes, and the place itself too: a file that could not be looked at is not gone.
        func isGone(_ location: FileLocation) -> Bool {
            !places.contains(location)
                && !hidden.contains { (location.path + "/").utf8.starts(with: $0.utf8) }
        }
        let goneRecords = known.filter { isGone($0.location) && (pruning || !$0.isMissing) }
        // A failure has no image to lose, so it is forgotten with its file.
        let goneFailures = failures.filter { isGone($0.location) }
        gone = Set(goneRecords.map(\.location) + goneFailures.map(\.location)).sorted()

        guard !pruning else { return }
        let presentBefore = known.filter { !$0.isMissing }
        // A new file of the same length and time is most likely the same file, moved.
        var arrivals = Dictionary(toRead.map { ($0.stamp, 1) }, uniquingKeysWith: +)
        let lost = goneRecords.filter { record in
            guard let count = arrivals[record.stamp], count > 0 else { return true }
            arrivals[record.stamp] = count - 1
            return false
        }
        if found.isEmpty, !presentBefore.isEmpty {
            hesitation = .folderIsEmpty(known: presentBefore.count)
        } else if Double(lost.count) > Self.toleratedLoss * Double(presentBefore.count) {
            hesitation = .tooManyGone(gone: lost.count, known: presentBefore.count)
        }
        if hesitation != nil { gone = [] }
    }
}
