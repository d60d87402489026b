import Foundation
import Synchronization

/// A clock that tests set.
public final class FakeClock: Sendable {
    private let time: Mutex<Date>

    /// Creates a clock that stands still.
    ///
    /// - Parameter seconds: What it shows, in seconds since 1970.
    public init(secondsSince1970 seconds: Double = 1_700_000_000) {
        time = Mutex(Date(timeIntervalSince1970: seconds))
    }

    /// What the clock shows.
    public var now: Date { time.withLock { $0 } }

    /// Moves the clock.
    ///
    /// - Parameter seconds: By how much; negative to go back.
    public func advance(by seconds: Double) {
        time.withLock { $0 += seconds }
    }
}
