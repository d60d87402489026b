import Foundation
import MekikiTensor
import Synchronization

/// A value that is made when it is first asked for, by one thread while others wait.
///
/// A failure is thrown to whoever asked and not remembered: the next one tries again.
final class LoadedOnce<Value: Sendable> {
    private let lock = NSLock()
    private var value: Value?
    private let isMade = Atomic<Bool>(false)
    private let load: @Sendable (ThreadTeam) throws -> Value

    init(_ load: @escaping @Sendable (ThreadTeam) throws -> Value) {
        self.load = load
    }

    /// Whether nobody would wait for the making; asking never waits.
    var isLoaded: Bool { isMade.load(ordering: .acquiring) }

    /// The value, from a thread that may block.
    ///
    /// - Parameter team: Threads that share the making.
    /// - Returns: The value.
    /// - Throws: What its making threw.
    func get(by team: ThreadTeam = .alone) throws -> Value {
        try lock.withLock {
            if let value { return value }
            let loaded = try load(team)
            value = loaded
            isMade.store(true, ordering: .releasing)
            return loaded
        }
    }
}

// @unchecked because `lock` guards every access to `value`.
extension LoadedOnce: @unchecked Sendable {}
