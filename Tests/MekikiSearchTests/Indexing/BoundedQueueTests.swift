import MekikiCore
import Synchronization
import Testing

@testable import MekikiSearch

@Suite(.timeLimit(.minutes(10))) struct BoundedQueueTests {
    @Test func elementsComeInTheirOrderAndThenTheEnd() async throws {
        let queue = BoundedQueue<Int>(capacity: 3)
        async let sender: Void = {
            for number in 0..<1000 { #expect(await queue.send(number)) }
            queue.finish()
        }()
        var received: [Int] = []
        while let number = try await queue.next() { received.append(number) }
        await sender
        #expect(received == Array(0..<1000))
        #expect(try await queue.next() == nil)
    }

    @Test func aSenderThatIsAheadWaits() async throws {
        let queue = BoundedQueue<Int>(capacity: 2)
        let sent = Mutex(0)
        let sender = Task {
            for number in 0..<10 where await queue.send(number) { sent.withLock { $0 += 1 } }
        }
        while sent.withLock({ $0 }) < 2 { await Task.yield() }
        for _ in 0..<100 { await Task.yield() }
        #expect(sent.withLock { $0 } == 2)
        #expect(try await queue.receive(10) == [0, 1])
        while try await queue.receive(10).last != 9 {}
        await sender.value
    }

    @Test func anErrorComesAfterTheElements() async throws {
        let queue = BoundedQueue<Int>(capacity: 2)
        _ = await queue.send(1)
        queue.finish(throwing: MekikiError(.badData, "No more."))
        #expect(try await queue.next() == 1)
        await #expect(throws: MekikiError.self) { try await queue.next() }
    }

    @Test func aSenderIsToldThatNobodyListens() async {
        let queue = BoundedQueue<Int>(capacity: 1)
        #expect(await queue.send(1))
        let sender = Task { await queue.send(2) }
        await Task.yield()
        queue.abandon()
        #expect(await sender.value == false)
        #expect(await queue.send(3) == false)
    }
}
