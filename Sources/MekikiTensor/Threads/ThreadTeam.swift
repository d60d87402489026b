import CMekikiKernels
import MekikiCore
import Synchronization

/// Threads that go through one computation together, step by step.
///
/// One thread leads: it alone runs the computation, and hands out the units of each step to whoever
/// is free. A member that comes late, or never, costs speed and nothing else, because the leader
/// waits for units and not for members. Steps last microseconds, so members wait for the next one
/// by spinning and then by yielding, as long as the leader leads and no longer.
public final class ThreadTeam: Sendable {
    /// The most threads that work at once, the leader among them.
    public let size: Int

    /// The step at hand: its number, its units, and the next unit that nobody took.
    private let ticket = Atomic<UInt64>(0)
    private let finishedUnits = Atomic<Int>(0)
    private let membersInside = Atomic<Int>(1)
    private let isOver = Atomic<Bool>(false)
    private let step = Step()

    /// Makes a team of which the calling thread is the leader.
    ///
    /// - Parameter size: The most threads that work at once, 1 or more.
    public init(size: Int) {
        precondition(size > 0, "A team has a leader.")
        self.size = size
    }

    /// A team of the calling thread alone.
    public static var alone: ThreadTeam { ThreadTeam(size: 1) }

    /// Runs one step: `work(0, …)` to `work(units - 1, …)`, side by side and in no order.
    ///
    /// Only the leader calls this. What the units wrote is visible to it afterwards.
    ///
    /// - Parameters:
    ///   - units: How many units the step has, fewer than 65,536.
    ///   - work: Does a unit. Its second argument is a number of the working thread below `size`,
    ///     for memory that a thread needs for itself.
    public func forEach(_ units: Int, _ work: (_ unit: Int, _ member: Int) -> Void) {
        guard size > 1, units > 1 else {
            for unit in 0..<units { work(unit, 0) }
            return
        }
        precondition(units <= Ticket.mostUnits, "A step has fewer than 65,536 units.")
        withoutActuallyEscaping(work) { work in
            step.work = work
            finishedUnits.store(0, ordering: .relaxed)
            let last = Ticket(bits: ticket.load(ordering: .relaxed))
            let present = Ticket(number: last.number &+ 1, units: units, next: 0)
            ticket.store(present.bits, ordering: .releasing)
            takeUnits(as: 0)
            var patience = Patience()
            while finishedUnits.load(ordering: .acquiring) < units { patience.wait() }
            step.work = nil
        }
    }

    /// Runs one step whose units can fail.
    ///
    /// - Parameters:
    ///   - units: How many units the step has, fewer than 65,536.
    ///   - work: Does a unit, as for `forEach`.
    /// - Throws: The first error that a unit threw; the others have run.
    public func tryForEach(
        _ units: Int,
        _ work: (_ unit: Int, _ member: Int) throws -> Void
    ) throws {
        let failure = Mutex<(any Error)?>(nil)
        forEach(units) { unit, member in
            do {
                try work(unit, member)
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Ends the computation: members leave.
    public func dismiss() {
        isOver.store(true, ordering: .releasing)
    }

    /// Works for the leader until it dismisses the team; returns at once where it has already, or
    /// where the team is complete.
    public func assist() {
        guard !isOver.load(ordering: .acquiring) else { return }
        let member = membersInside.wrappingAdd(1, ordering: .relaxed).oldValue
        guard member < size else { return }
        var patience = Patience()
        while !isOver.load(ordering: .acquiring) {
            if takeUnits(as: member) {
                patience = Patience()
            } else {
                patience.wait()
            }
        }
    }

    /// Takes units of the present step until none is left.
    ///
    /// The ticket is taken in one exchange with its step's number: whoever has a unit knows that the
    /// step is not over, because the leader waits for that unit.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    private func takeUnits(as member: Int) -> Bool {
        var tookAny = false
        var bits = ticket.load(ordering: .acquiring)
        while true {
            let seen = Ticket(bits: bits)
            guard seen.next < seen.units else { return tookAny }
            var following = seen
            following.next += 1
            let (exchanged, original) = ticket.weakCompareExchange(
                expected: bits,
                desired: following.bits,
                successOrdering: .acquiringAndReleasing,
                failureOrdering: .acquiring
            )
            guard exchanged else {
                bits = original
                continue
            }
            step.work?(seen.next, member)
            finishedUnits.wrappingAdd(1, ordering: .acquiringAndReleasing)
            tookAny = true
            bits = ticket.load(ordering: .acquiring)
        }
    }
}

extension ThreadTeam {
    /// A step's number, the number of its units, and the next unit, in one word.
    private struct Ticket {
        static let mostUnits = 0xffff

        var number: UInt32
        var units: Int
        var next: Int

        init(number: UInt32, units: Int, next: Int) {
            self.number = number
            self.units = units
            self.next = next
        }

        init(bits: UInt64) {
            number = UInt32(truncatingIfNeeded: bits >> 32)
            units = Int(bits >> 16 & 0xffff)
            next = Int(bits & 0xffff)
        }

        var bits: UInt64 { UInt64(number) << 32 | UInt64(units) << 16 | UInt64(next) }
    }

    /// What the units of the present step do.
    // @unchecked because the leader writes it between steps, when no unit can be taken, and the
    // ticket publishes it.
    private final class Step: @unchecked Sendable {
        var work: ((Int, Int) -> Void)?
    }

    /// Waiting that spins first and then leaves the processor to others.
    private struct Patience {
        private var rounds = 0

        mutating func wait() {
            rounds += 1
            if rounds < 2_000 {
                mekiki_cpu_relax()
            } else {
                mekiki_cpu_yield()
            }
        }
    }
}

extension WorkerThreads {
    /// Runs a computation on one of the threads, with the others as its team as they become free.
    ///
    /// - Parameter work: The computation, which hands its steps to the team.
    /// - Returns: What the computation returned.
    /// - Throws: What the computation threw.
    public func runTogether<Result: Sendable>(
        _ work: @escaping @Sendable (ThreadTeam) throws -> Result
    ) async throws -> Result {
        let team = ThreadTeam(size: count)
        return try await run(helping: { team.assist() }) {
            defer { team.dismiss() }
            return try work(team)
        }
    }
}
