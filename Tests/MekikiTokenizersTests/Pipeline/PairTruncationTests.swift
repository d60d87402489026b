import Testing

@testable import MekikiTokenizers

/// The lengths that the `tokenizers` library 0.23 leaves of two texts.
@Suite struct PairTruncationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var first: Int
        var second: Int
        var room: Int
        var kept: [Int]

        var testDescription: String { "\(first) + \(second) in \(room)" }
    }

    static let cases = [
        Case(first: 3, second: 4, room: 7, kept: [3, 4]),
        Case(first: 3, second: 9, room: 10, kept: [3, 7]),
        Case(first: 9, second: 3, room: 10, kept: [7, 3]),
        Case(first: 9, second: 8, room: 10, kept: [5, 5]),
        // The odd one goes to the longer text, and to the second of equals.
        Case(first: 8, second: 9, room: 11, kept: [5, 6]),
        Case(first: 9, second: 8, room: 11, kept: [6, 5]),
        Case(first: 9, second: 9, room: 11, kept: [5, 6]),
        Case(first: 0, second: 9, room: 4, kept: [0, 4]),
        Case(first: 40, second: 30, room: 5, kept: [3, 2]),
        Case(first: 5, second: 5, room: 0, kept: [0, 0]),
    ]

    @Test(arguments: cases) func lengthsEqualTheLibrarys(_ wanted: Case) {
        let kept = PairTruncation(first: wanted.first, second: wanted.second, room: wanted.room)
        #expect([kept.first, kept.second] == wanted.kept)
    }
}
