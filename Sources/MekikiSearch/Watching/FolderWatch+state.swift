import MekikiCore

extension FolderWatch {
    /// What a watch knows between its runs: a pure value that is told the time.
    struct State {
        typealias Instant = ContinuousClock.Instant

        /// Changes that wait for their run.
        var pending: PendingChanges

        /// Whether another process was at the library at the last try.
        private(set) var isBusy = false

        private let roots: [String]
        /// The folders at the roots' paths as they were; none for those that are gone.
        private var identities: [FileLocation: FolderIdentity] = [:]
        private var hasLooked = false
        private var nextHousekeeping: Instant?
        private var nextRescan: Instant?
        private var notBefore: Instant?

        init(_ roots: [String]) {
            self.roots = roots
            pending = PendingChanges(roots: roots)
        }

        /// Looks after the watched folders themselves, now and then.
        ///
        /// - Parameters:
        ///   - now: The time.
        ///   - identity: Says which folder stands at a path; `nil` for none.
        /// - Returns: Folders to watch anew: they came back, or another disk was mounted over them.
        mutating func keepHouse(
            at now: Instant,
            identity: (String) -> FolderIdentity?
        ) -> [String] {
            if let nextRescan, now >= nextRescan {
                for root in roots { pending.addWhole(root, at: now) }
                self.nextRescan = now + FolderWatch.rescanInterval
            }
            guard now >= nextHousekeeping ?? now else { return [] }
            nextHousekeeping = now + FolderWatch.housekeeping
            var anew: [String] = []
            for root in roots {
                let place = FileLocation(root: root, path: "")
                let before = identities[place]
                let found = identity(root)
                identities[place] = found
                guard hasLooked, let found, found != before else { continue }
                anew.append(root)
                pending.addWhole(root, at: now)
            }
            hasLooked = true
            return anew
        }

        /// Takes note that a watched folder is gone.
        mutating func leave(_ root: String) {
            identities[FileLocation(root: root, path: "")] = nil
        }

        /// Asks for everything to be looked through now and then.
        mutating func rescans(from now: Instant) {
            nextRescan = nextRescan ?? now + FolderWatch.rescanInterval
        }

        /// Gives what is to be indexed now; `nil` when it is not time.
        mutating func take(at now: Instant) -> FolderChanges? {
            guard now >= notBefore ?? now, let changes = pending.take(at: now) else { return nil }
            notBefore = nil
            return changes
        }

        /// Takes back changes because another process is at the library.
        mutating func postpone(_ changes: FolderChanges, at now: Instant) {
            isBusy = true
            pending.putBack(changes, at: now)
            notBefore = now + FolderWatch.busyPause
        }

        /// Takes note that changes were indexed.
        mutating func succeed() { isBusy = false }

        /// When there will be something to do, if nothing happens meanwhile.
        func wakeUp(at now: Instant) -> Instant {
            let due = pending.deadline(at: now).map { max($0, notBefore ?? $0) }
            let moments = [due, nextHousekeeping, nextRescan].compactMap(\.self)
            return moments.min() ?? now
        }
    }
}
