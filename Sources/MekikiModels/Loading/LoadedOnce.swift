import Foundation

/// A value that is made when it is first asked for, by one thread while others wait.
///
/// A failure is thrown to whoever asked and not remembered: the next one tries again.
final class LoadedOnce<Value: Sendable> {
    private let lock = NSLock()
    private var value: Value?
    private let load: @Sendable () throws -> Value

    init(_ load: @escaping @Sendable () throws -> Value) {
        self.load = load
    }

    /// The value, from a thread that may block.
    func get() throws -> Value {
        try lock.withLock {
            if let value { return value }
            let loaded = try load()
            value = loaded
            return loaded
        }
    }
}

// @unchecked because `lock` guards every access to `value`.
extension LoadedOnce: @unchecked Sendable {}
