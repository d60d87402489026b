import Synchronization

/// Elements on their way from one task to another, in order, and only a few at a time.
///
/// One task sends, one receives. A sender that is ahead waits; so does a receiver that has caught up.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var sender: CheckedContinuation<Bool, Never>?
        var receiver: CheckedContinuation<Void, Never>?
        var end: Result<Void, any Error>?
        var isAbandoned = false

        mutating func wakeReceiver() {
            receiver?.resume()
            receiver = nil
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Makes an empty queue.
    ///
    /// - Parameter capacity: How many elements may wait, 1 or more.
    init(capacity: Int) {
        precondition(capacity > 0, "A queue that holds nothing lets nothing through.")
        self.capacity = capacity
    }

    /// Sends an element, waiting for room.
    ///
    /// - Parameter element: The element.
    /// - Returns: Whether anyone still receives: `false` tells the sender to end.
    func send(_ element: Element) async -> Bool {
        let isOpen = await withCheckedContinuation { (room: CheckedContinuation<Bool, Never>) in
            state.withLock { state in
                if state.isAbandoned {
                    room.resume(returning: false)
                } else if state.elements.count < capacity {
                    room.resume(returning: true)
                } else {
                    state.sender = room
                }
            }
        }
        guard isOpen else { return false }
        return state.withLock { state in
            guard !state.isAbandoned else { return false }
            state.elements.append(element)
            state.wakeReceiver()
            return true
        }
    }

    /// Ends the queue: who receives gets what is in it, and then the end.
    ///
    /// - Parameter error: Why it ends early.
    func finish(throwing error: (any Error)? = nil) {
        state.withLock { state in
            guard state.end == nil else { return }
            state.end = error.map { .failure($0) } ?? .success(())
            state.wakeReceiver()
        }
    }

    /// Ends the queue from the other side: what is in it goes, and senders are told.
    func abandon() {
        state.withLock { state in
            state.isAbandoned = true
            state.elements = []
            state.sender?.resume(returning: false)
            state.sender = nil
            state.wakeReceiver()
        }
    }

    /// Receives the next element, waiting for one.
    ///
    /// - Returns: The element; `nil` after the last.
    /// - Throws: The error that the queue was finished with.
    func next() async throws -> Element? {
        try await receive(1).first
    }

    /// Receives all that wait, at least one, and at most some.
    ///
    /// - Parameter limit: The most to receive.
    /// - Returns: The elements in order; none after the last.
    /// - Throws: The error that the queue was finished with.
    func receive(_ limit: Int) async throws -> [Element] {
        await withCheckedContinuation { (arrival: CheckedContinuation<Void, Never>) in
            state.withLock { state in
                if !state.elements.isEmpty || state.end != nil || state.isAbandoned {
                    arrival.resume()
                } else {
                    state.receiver = arrival
                }
            }
        }
        return try state.withLock { state in
            guard !state.elements.isEmpty else {
                if !state.isAbandoned { try state.end?.get() }
                return []
            }
            let received = Array(state.elements.prefix(limit))
            state.elements.removeFirst(received.count)
            state.sender?.resume(returning: true)
            state.sender = nil
            return received
        }
    }
}
