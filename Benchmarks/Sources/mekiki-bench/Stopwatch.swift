import Foundation

/// Wall time and the processor time of all threads since it was made.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let processor = Self.processorSeconds()

    /// Seconds on the wall's clock.
    var wall: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Seconds of processor time of this process.
    var cpu: Double { Self.processorSeconds() - processor }

    /// What was done until now.
    func answer(items: Int) -> Answer { Answer(items: items, wall: wall, cpu: cpu) }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
