import MekikiCore
import Synchronization
import Testing

@testable import MekikiServer

@Suite struct UploadGateTests {
    /// How many are inside now, and how many were at most.
    private final class Counter: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var now: Int { counts.withLock { $0.now } }
        var most: Int { counts.withLock { $0.most } }

        func enter() {
            counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test func neverMoreThanItsPlacesAreInside() async throws {
        // Other tests may keep every thread busy for seconds.
        let gate = UploadGate(places: 3, queue: 100, patience: .seconds(600))
        let inside = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await gate.pass {
                        inside.enter()
                        for _ in 0..<20 { await Task.yield() }
                        inside.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.now == 0)
        #expect((1...3).contains(inside.most))
    }

    @Test func whoComesToAFullQueueIsSentAway() async throws {
        let gate = UploadGate(places: 1, queue: 0)
        try await gate.pass {
            let error = await #expect(throws: Problem.self) { try await gate.pass {} }
            #expect(error?.status == .serviceUnavailable)
            #expect(error?.headers[.retryAfter] != nil)
        }
        try await gate.pass {}
    }

    @Test func whoWaitsTooLongIsSentAwayAndLeavesNoTrace() async throws {
        let gate = UploadGate(places: 1, queue: 10, patience: .milliseconds(20))
        try await gate.pass {
            for _ in 0..<3 {
                await #expect(throws: Problem.self) { try await gate.pass {} }
            }
        }
        // The place went to none of those who had gone.
        try await gate.pass {}
    }

    @Test func workThatFailsGivesItsPlaceBack() async throws {
        let gate = UploadGate(places: 1, queue: 1)
        for _ in 0..<3 {
            await #expect(throws: MekikiError.self) {
                try await gate.pass { throw MekikiError(.badData, "No image.") }
            }
        }
        try await gate.pass {}
    }
}
