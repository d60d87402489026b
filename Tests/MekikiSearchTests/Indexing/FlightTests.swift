import MekikiCore
import Synchronization
import Testing

@testable import MekikiSearch

@Suite(.timeLimit(.minutes(10))) struct FlightTests {
    private let threads = WorkerThreads(count: 2, name: "test")

    /// Whether another file may set out at once.
    private func hasRoom(_ flight: Flight) async -> Bool {
        let entered = Mutex(false)
        let task = Task {
            _ = await flight.enter(0)
            entered.withLock { $0 = true }
        }
        for _ in 0..<1000 where !entered.withLock({ $0 }) { await Task.yield() }
        let result = entered.withLock { $0 }
        if !result { flight.cancel() }
        await task.value
        return result
    }

    @Test func bytesAreBounded() async {
        let flight = Flight(byteLimit: 100, pictureLimit: 100)
        #expect(await flight.enter(60))
        #expect(await flight.enter(60))
        #expect(await !hasRoom(flight))
    }

    @Test func picturesAreBounded() async {
        let flight = Flight(byteLimit: 100, pictureLimit: 2)
        #expect(await flight.enter(1))
        #expect(await flight.enter(1))
        flight.change(bytes: -1, landed: 1)
        #expect(await hasRoom(flight))
        #expect(await !hasRoom(flight))
    }

    @Test func whoWaitsGoesOnWhenThereIsRoom() async {
        let flight = Flight(byteLimit: 100, pictureLimit: 100)
        #expect(await flight.enter(200))
        let next = Task { await flight.enter(1) }
        await Task.yield()
        flight.change(bytes: -150)
        #expect(await next.value)
    }

    @Test func jobsThatWereNotBegunAreNot() async throws {
        let flight = Flight(byteLimit: 1, pictureLimit: 1)
        let count = Atomic<Int>(0)
        let first = flight.start(on: threads) { count.add(1, ordering: .relaxed).newValue }
        #expect(try await first.value == 1)
        flight.cancel()
        let late = flight.start(on: threads) { count.add(1, ordering: .relaxed).newValue }
        await #expect(throws: CancellationError.self) { try await late.value }
        await flight.drain()
        #expect(count.load(ordering: .relaxed) == 1)
    }
}
