import MekikiCore
import MekikiSearch
import MekikiTesting
import Synchronization
import Testing

@Suite struct BatchingTextEncoderTests {
    /// Notes its batches, and holds the first one until it is released.
    private final class SlowEncoder: TextEncoder {
        let inner = FakeEncoder()
        let batches = Mutex<[[String]]>([])
        private let gate = AsyncStream<Void>.makeStream()

        var space: VectorSpace { inner.space }

        func encode(_ texts: [String]) async throws -> [Embedding] {
            let isFirst = batches.withLock {
                $0.append(texts)
                return $0.count == 1
            }
            if isFirst { for await _ in gate.stream { break } }
            if texts.contains("bad") { throw MekikiError(.badData, "A bad text.") }
            return try await inner.encode(texts)
        }

        func release() { gate.continuation.yield() }

        func waitForFirst() async {
            while batches.withLock({ $0.isEmpty }) { await Task.yield() }
        }
    }

    @Test func textsThatArriveWhileOneIsEncodedGoTogether() async throws {
        let slow = SlowEncoder()
        let encoder = BatchingTextEncoder(slow)
        async let first = encoder.encode(["zero"])
        await slow.waitForFirst()
        let others = try await withThrowingTaskGroup(of: (Int, [Embedding]).self) { group in
            for index in 0..<20 {
                group.addTask { (index, try await encoder.encode(["word \(index % 10)"])) }
            }
            // All of them must be waiting before the first batch ends.
            for _ in 0..<2000 { await Task.yield() }
            slow.release()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        _ = try await first
        let batches = slow.batches.withLock { $0 }
        #expect(batches.count < 21)
        #expect(batches.dropFirst().contains { $0.count > 1 })
        #expect(batches.dropFirst().allSatisfy { Set($0).count == $0.count })
        for (index, vectors) in others {
            let alone = try await slow.inner.encode(["word \(index % 10)"])
            #expect(vectors == alone)
        }
    }

    @Test func oneBadTextDoesNotSpoilTheOthers() async throws {
        let slow = SlowEncoder()
        let encoder = BatchingTextEncoder(slow)
        async let first = encoder.encode(["zero"])
        await slow.waitForFirst()
        async let good = encoder.encode(["good"])
        async let bad = encoder.encode(["bad"])
        for _ in 0..<2000 { await Task.yield() }
        slow.release()
        _ = try await first
        #expect(try await good.count == 1)
        do {
            _ = try await bad
            Issue.record("The bad text was encoded.")
        } catch let error as MekikiError {
            #expect(error.code == .badData)
        }
    }

    @Test func aBatchOfItsOwnAndNothingPassThrough() async throws {
        let fake = FakeEncoder()
        let encoder = BatchingTextEncoder(fake)
        #expect(try await encoder.encode(["a", "b"]) == fake.encode(["a", "b"]))
        #expect(try await encoder.encode([]).isEmpty)
        #expect(encoder.space == fake.space)
    }
}
