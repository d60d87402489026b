import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite struct LoadedOnceTests {
    // @unchecked because `lock` guards the count.
    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var count = 0

        func next() -> Int {
            lock.withLock {
                count += 1
                return count
            }
        }
    }

    @Test func threadsThatAskAtOnceGetOneValue() async throws {
        let counter = Counter()
        let value = LoadedOnce { _ in
            usleep(2000)
            return counter.next()
        }
        let workers = WorkerThreads(count: 4, name: "loading")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { try await workers.run { try value.get() } } }
            for try await result in group { #expect(result == 1) }
        }
    }

    @Test func aFailureIsTriedAgain() throws {
        let counter = Counter()
        let value = LoadedOnce { _ in
            let attempt = counter.next()
            if attempt == 1 { throw MekikiError(.noInput, "Not yet.") }
            return attempt
        }
        #expect(throws: MekikiError.self) { try value.get() }
        #expect(try value.get() == 2)
        #expect(try value.get() == 2)
    }
}
