import HTTPTypes
import Hummingbird

/// How many bodies are held in memory at once; whoever comes later waits, and not for ever.
actor UploadGate {
    private struct Place {
        var number: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    private let places: Int
    private let queue: Int
    private let patience: Duration
    private var taken = 0
    private var waiting: [Place] = []
    private var nextNumber = 0

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - places: How many may be inside at once.
    ///   - queue: How many may wait; the next one is sent away.
    ///   - patience: How long one waits before it is sent away, less than an idle connection lasts:
    ///     while a request waits, its body is not read.
    init(places: Int, queue: Int, patience: Duration = .seconds(10)) {
        self.places = places
        self.queue = queue
        self.patience = patience
    }

    /// Runs work while holding a place.
    ///
    /// - Parameter work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: `Problem` when too many wait already, or the wait takes too long; what the work
    ///   throws.
    func pass<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard await enter() else {
            throw Problem(
                .serviceUnavailable,
                "unavailable",
                "Too many images are being looked at. Try again in a moment.",
                headers: [.retryAfter: "2"]
            )
        }
        defer { leave() }
        return try await work()
    }

    /// Takes a place; gives `false` when there was none in time.
    private func enter() async -> Bool {
        if taken < places {
            taken += 1
            return true
        }
        guard waiting.count < queue else { return false }
        let number = nextNumber
        nextNumber += 1
        let timeout = Task { [patience] in
            try await Task.sleep(for: patience)
            giveUp(number)
        }
        defer { timeout.cancel() }
        // The place is handed over by whoever leaves.
        return await withCheckedContinuation { continuation in
            waiting.append(Place(number: number, continuation: continuation))
        }
    }

    private func giveUp(_ number: Int) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    private func leave() {
        if waiting.isEmpty {
            taken -= 1
        } else {
            waiting.removeFirst().continuation.resume(returning: true)
        }
    }
}
