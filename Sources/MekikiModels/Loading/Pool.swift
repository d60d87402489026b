import Foundation

/// Objects that one thread uses at a time and the next one uses again.
///
/// There are never more than threads that worked at once.
final class Pool<Element> {
    private let lock = NSLock()
    private var free: [Element] = []
    private let make: @Sendable () -> Element

    init(_ make: @escaping @Sendable () -> Element) {
        self.make = make
    }

    /// Lends an object for the duration of `body`.
    func withElement<Result>(_ body: (Element) throws -> Result) rethrows -> Result {
        let element = lock.withLock { free.popLast() } ?? make()
        defer { lock.withLock { free.append(element) } }
        return try body(element)
    }
}

// @unchecked because `lock` guards `free`, and a lent object is one thread's alone.
extension Pool: @unchecked Sendable {}
