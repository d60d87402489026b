import Foundation
import MekikiCore
import Synchronization
import Testing

@Suite struct WorkerThreadsTests {
    @Test func workGivesItsResult() async throws {
        let threads = WorkerThreads(count: 1, name: "test")
        #expect(try await threads.run { 6 * 7 } == 42)
    }

    @Test func errorsPassThrough() async {
        let threads = WorkerThreads(count: 1, name: "test")
        let error = await #expect(throws: MekikiError.self) {
            try await threads.run { throw MekikiError(.noInput, "Nothing there.") }
        }
        #expect(error?.code == .noInput)
    }

    @Test func anErrorLeavesTheThreadsWorking() async throws {
        let threads = WorkerThreads(count: 1, name: "test")
        _ = try? await threads.run { throw MekikiError(.noInput, "Nothing there.") }
        #expect(try await threads.run { true })
    }

    @Test(arguments: [(1, 1), (1, 100), (2, 7), (4, 1000), (3, 0)])
    func everyPartRunsOnce(_ count: Int, _ parts: Int) {
        let threads = WorkerThreads(count: count, name: "test")
        let runs = Mutex([Int](repeating: 0, count: parts))
        threads.forEachPart(parts) { part in runs.withLock { $0[part] += 1 } }
        #expect(runs.withLock { $0 } == [Int](repeating: 1, count: parts))
    }

    /// Two parts that wait for each other end only when both run at once.
    @Test func partsRunSideBySide() {
        let threads = WorkerThreads(count: 2, name: "test")
        let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let met = Mutex(0)
        threads.forEachPart(2) { part in
            arrived[part].signal()
            let other = arrived[1 - part].wait(timeout: .now() + 10)
            if other == .success { met.withLock { $0 += 1 } }
        }
        #expect(met.withLock { $0 } == 2)
    }

    @Test func jobsRunInTheOrderOfTheirArrivalOnOneThread() {
        let threads = WorkerThreads(count: 1, name: "test")
        let order = Mutex<[Int]>([])
        threads.forEachPart(50) { part in order.withLock { $0.append(part) } }
        #expect(order.withLock { $0 } == Array(0..<50))
    }

    @Test func workRunsOnTheSameFewThreads() async throws {
        let threads = WorkerThreads(count: 2, name: "test")
        var seen: Set<ObjectIdentifier> = []
        for _ in 0..<100 {
            seen.insert(try await threads.run { ObjectIdentifier(Thread.current) })
        }
        #expect((1...2).contains(seen.count))
    }

    #if os(Linux)
    @Test func threadsEndWithTheirOwner() async throws {
        let files = FileManager.default
        var threads: WorkerThreads? = WorkerThreads(count: 3, name: "test")
        var started: Set<String> = []
        for _ in 0..<20 {
            let link = try await threads?.run {
                try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            }
            started.insert("/proc/" + (try #require(link)))
        }
        #expect(started.filter(files.fileExists) == started)
        threads = nil
        var living = started
        let deadline = ContinuousClock.now + .seconds(20)
        while !living.isEmpty, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
            living = living.filter(files.fileExists)
        }
        #expect(living.isEmpty)
    }
    #endif

    @Test func whatAJobHeldIsFreedWhileOthersWait() async throws {
        final class Held: Sendable {}
        let threads = WorkerThreads(count: 1, name: "test")
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let opening = Task { try await threads.run { first.wait() } }
        try await Task.sleep(for: .milliseconds(20))
        weak var held: Held?
        let job = {
            let object = Held()
            held = object
            return Task { try await threads.run { _ = object } }
        }()
        try await Task.sleep(for: .milliseconds(20))
        // Behind them the queue does not get empty: one job blocks the thread, another waits.
        let blocking = Task { try await threads.run { _ = second.wait(timeout: .now() + 10) } }
        try await Task.sleep(for: .milliseconds(20))
        let waiting = Task { try await threads.run {} }
        try await Task.sleep(for: .milliseconds(20))
        first.signal()
        try await job.value
        for _ in 0..<500 where held != nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(held == nil)
        second.signal()
        for task in [opening, blocking, waiting] { try await task.value }
    }
}
