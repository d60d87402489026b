import Foundation
import MekikiCore
import MekikiSearch

/// Queries asked on Tuesday, 1 December 2026, at noon in Tokyo.
enum QuerySample {
    static let parser: QueryParser = {
        let zone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
        return QueryParser(now: Date(timeIntervalSince1970: 1_796_094_000), timeZone: zone)
    }()

    /// Words, then the canonical text: what a test compares at a glance.
    static func meaning(_ input: String) -> String { parser.parse(input).description }
}
