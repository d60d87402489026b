import Dispatch
import Foundation

/// A few threads of our own for work that keeps a processor busy or waits for a disk.
///
/// Swift's cooperative threads must never do such work: they are as many as the processors, and
/// a decoder or a matrix product on one of them holds up everything else. oneDNN moreover keeps an
/// OpenMP team for every thread that calls it, so the callers have to be few and always the same.
public final class WorkerThreads: Sendable {
    /// How many threads there are.
    public let count: Int

    private let queue: WorkQueue

    /// Starts threads, which live until this object goes.
    ///
    /// - Parameters:
    ///   - count: How many, 1 or more.
    ///   - name: What debuggers and profilers show.
    public init(count: Int, name: String) {
        precondition(count > 0, "Work needs at least one thread.")
        self.count = count
        let queue = WorkQueue()
        self.queue = queue
        for index in 0..<count {
            let thread = Thread {
                while let job = queue.next() { job() }
            }
            thread.name = "\(name) \(index)"
            // Decoders and fused kernels keep tiles on the stack.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit { queue.close() }

    /// Runs work on one of the threads.
    ///
    /// - Parameter work: What to do; it may block.
    /// - Returns: What the work returned.
    /// - Throws: What the work threw.
    public func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.add { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    /// Runs work on one of the threads and offers the others to help with it.
    ///
    /// - Parameters:
    ///   - help: Runs on each of the other threads that is free before the work is done; it has to
    ///     return soon after the work's end, and at once when called later.
    ///   - work: What to do; it may block.
    /// - Returns: What the work returned.
    /// - Throws: What the work threw.
    public func run<Result: Sendable>(
        helping help: @escaping @Sendable () -> Void,
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.add { continuation.resume(with: Swift.Result(catching: work)) }
            for _ in 1..<count { queue.add(help) }
        }
    }

    /// Runs `work(0)` to `work(parts - 1)` on the threads and waits until all are done.
    ///
    /// Call it from a thread that is not one of these: a worker that waits for workers can wait for
    /// ever.
    ///
    /// - Parameters:
    ///   - parts: How many parts the work has.
    ///   - work: Does one part; parts run side by side, in no order.
    public func forEachPart(_ parts: Int, _ work: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for part in 0..<parts {
            group.enter()
            queue.add {
                work(part)
                group.leave()
            }
        }
        group.wait()
    }
}

/// Jobs in the order of their arrival, handed to whichever thread asks first.
// @unchecked because `condition` guards every access to `jobs`, `head` and `isClosed`.
private final class WorkQueue: @unchecked Sendable {
    private static let mostDone = 1024

    private let condition = NSCondition()
    /// Those before `head` are done and gone, so that nothing they held stays in memory.
    private var jobs: [(@Sendable () -> Void)?] = []
    private var head = 0
    private var isClosed = false

    func add(_ job: @escaping @Sendable () -> Void) {
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    /// The next job, waiting for one; `nil` once the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        condition.withLock {
            while head == jobs.count {
                if isClosed { return nil }
                condition.wait()
            }
            let job = jobs[head]
            jobs[head] = nil
            head += 1
            // Under steady load the queue is never empty; then it is shortened now and then.
            if head == jobs.count || head > Self.mostDone {
                jobs.removeFirst(head)
                head = 0
            }
            return job
        }
    }

    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}
