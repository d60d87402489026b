import HTTPTypes
import Hummingbird

/// How many bodies are held in memory at once; whoever comes later waits, and not for ever.
actor UploadGate {
    private let places: Int
    private let queue: Int
    private var taken = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - places: How many may be inside at once.
    ///   - queue: How many may wait; the next one is sent away.
    init(places: Int, queue: Int) {
        self.places = places
        self.queue = queue
    }

    /// Runs work while holding a place.
    ///
    /// - Parameter work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: `Problem` when too many wait already; what the work throws.
    func pass<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await work()
    }

    private func enter() async throws {
        if taken < places {
            taken += 1
            return
        }
        guard waiting.count < queue else {
            throw Problem(
                .serviceUnavailable,
                "unavailable",
                "Too many images are being looked at. Try again in a moment.",
                headers: [.retryAfter: "2"]
            )
        }
        // The place is handed over by whoever leaves.
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty {
            taken -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
