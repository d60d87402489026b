import MekikiCore
import Synchronization

/// What is between the disk and the catalog at a moment: files that were read, pictures that wait for
/// the encoder, and the jobs that work on them.
///
/// A file may set out only while less than the limits is under way, whatever the files are like: a
/// thousand small ones, or a few that fill the memory. What one file becomes is known only when it is
/// decoded, so one picture for each thread may come on top.
final class Flight: Sendable {
    private struct State {
        var bytes: Int64 = 0
        var pictures = 0
        var jobs = 0
        var isCancelled = false
        var waiter: CheckedContinuation<Void, Never>?
        var drained: CheckedContinuation<Void, Never>?
    }

    private let byteLimit: Int64
    private let pictureLimit: Int
    private let state = Mutex(State())

    /// Makes room.
    ///
    /// - Parameters:
    ///   - byteLimit: Bytes of files and pixels.
    ///   - pictureLimit: Files that may become pictures.
    init(byteLimit: Int64, pictureLimit: Int) {
        self.byteLimit = byteLimit
        self.pictureLimit = pictureLimit
    }

    /// Waits until another file may set out, and counts it.
    ///
    /// - Parameter bytes: The file's length.
    /// - Returns: Whether it may: `false` when all was cancelled.
    func enter(_ bytes: Int64) async -> Bool {
        while true {
            await withCheckedContinuation { (room: CheckedContinuation<Void, Never>) in
                state.withLock { state in
                    if state.isCancelled || hasRoom(state) {
                        room.resume()
                    } else {
                        state.waiter = room
                    }
                }
            }
            let answer: Bool? = state.withLock { state in
                if state.isCancelled { return false }
                guard hasRoom(state) else { return nil }
                state.bytes += bytes
                state.pictures += 1
                return true
            }
            if let answer { return answer }
        }
    }

    /// Takes note of what has become of files.
    ///
    /// - Parameters:
    ///   - bytes: By how much more is held; negative for less.
    ///   - pictures: How many pictures have arrived, or turned out to be none.
    func change(bytes: Int64, landed pictures: Int = 0) {
        state.withLock { state in
            state.bytes += bytes
            state.pictures -= pictures
            if hasRoom(state) {
                state.waiter?.resume()
                state.waiter = nil
            }
        }
    }

    /// Runs work on a thread.
    ///
    /// - Parameters:
    ///   - threads: The threads.
    ///   - work: What to do; it is not begun any more once all was cancelled.
    /// - Returns: The task that ends with the work.
    func start<Result: Sendable>(
        on threads: WorkerThreads,
        _ work: @escaping @Sendable () throws -> Result
    ) -> Task<Result, any Error> {
        state.withLock { $0.jobs += 1 }
        return Task {
            defer { endJob() }
            return try await threads.run { [self] in
                if state.withLock({ $0.isCancelled }) { throw CancellationError() }
                return try work()
            }
        }
    }

    /// Lets nothing set out any more.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.waiter?.resume()
            state.waiter = nil
        }
    }

    /// Waits for the jobs at hand.
    func drain() async {
        await withCheckedContinuation { (drained: CheckedContinuation<Void, Never>) in
            state.withLock { state in
                if state.jobs == 0 { drained.resume() } else { state.drained = drained }
            }
        }
    }

    private func endJob() {
        state.withLock { state in
            state.jobs -= 1
            guard state.jobs == 0 else { return }
            state.drained?.resume()
            state.drained = nil
        }
    }

    private func hasRoom(_ state: State) -> Bool {
        state.bytes < byteLimit && state.pictures < pictureLimit
    }
}
