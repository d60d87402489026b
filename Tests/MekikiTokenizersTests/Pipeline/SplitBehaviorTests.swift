import Testing

@testable import MekikiTokenizers

@Suite("What becomes of matches")
struct SplitBehaviorTests {
    @Test(
        "Each behaviour cuts as the tokenizers library does",
        arguments: [
            (SplitBehavior.removed, [0..<3, 4..<9, 11..<16]),
            (.isolated, [0..<3, 3..<4, 4..<9, 9..<10, 10..<11, 11..<16]),
            (.mergedWithPrevious, [0..<4, 4..<10, 10..<11, 11..<16]),
            (.mergedWithNext, [0..<3, 3..<9, 9..<10, 10..<16]),
            (.contiguous, [0..<3, 3..<4, 4..<9, 9..<11, 11..<16]),
        ]
    )
    func cuts(_ behavior: SplitBehavior, _ expected: [Range<Int>]) {
        let scalars = Array("the-final--count".unicodeScalars)
        let parts = TextPattern(literal: "-").parts(of: scalars, in: 0..<scalars.count)
        #expect(behavior.words(parts) == expected)
    }
}
