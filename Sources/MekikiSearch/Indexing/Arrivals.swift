import MekikiCore
import Synchronization

/// The contents that a run brings and the catalog does not know yet.
final class Arrivals: Sendable {
    private let arrivals = Mutex<[ContentHash: Arrival]>([:])

    /// Those of some contents that are under way.
    ///
    /// - Parameter hashes: The contents.
    /// - Returns: The arrivals by content.
    func arriving(among hashes: [ContentHash]) -> [ContentHash: Arrival] {
        arrivals.withLock { arrivals in
            var found: [ContentHash: Arrival] = [:]
            for hash in hashes { found[hash] = arrivals[hash] }
            return found
        }
    }

    /// Says whether a file is the first of its content.
    ///
    /// - Parameter hash: The content.
    /// - Returns: The content's arrival, and whether it was made now.
    func arrival(of hash: ContentHash) -> (arrival: Arrival, isFirst: Bool) {
        arrivals.withLock { arrivals in
            if let arrival = arrivals[hash] { return (arrival, false) }
            let arrival = Arrival()
            arrivals[hash] = arrival
            return (arrival, true)
        }
    }

    /// Forgets contents that the catalog knows now; those that can't be decoded stay.
    ///
    /// - Parameter hashes: The contents.
    func forget(_ hashes: [ContentHash]) {
        arrivals.withLock { arrivals in
            for hash in hashes { arrivals[hash] = nil }
        }
    }
}

/// A content that one file of a run brings, and what was found in it.
final class Arrival: Sendable {
    private let result = Mutex<Result<ImageContent, MekikiError>?>(nil)

    /// What was found; `nil` while the file is being decoded.
    var outcome: Result<ImageContent, MekikiError>? { result.withLock { $0 } }

    /// Takes what was found.
    ///
    /// - Parameter outcome: The image, or why it can't be decoded.
    func settle(_ outcome: Result<ImageContent, MekikiError>) {
        result.withLock { $0 = outcome }
    }
}
