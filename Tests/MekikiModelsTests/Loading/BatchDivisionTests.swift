import Testing

@testable import MekikiModels

@Suite struct BatchDivisionTests {
    private func division(_ lengths: [Int], threads: Int) -> BatchDivision {
        let division = BatchDivision(lengths: lengths, threads: threads)
        // Every sequence is in one piece, and the pieces keep the order.
        let places = (division.apart.joined() + division.together).flatMap { Array($0) }
        #expect(places == Array(lengths.indices))
        return division
    }

    @Test func oneThreadTakesPiecesThatStayInTheCache() {
        let lengths = [Int](repeating: 50, count: 32)
        #expect(division(lengths, threads: 1).apart == [[0..<16, 16..<32]])
        #expect(division(lengths, threads: 1).together == [])
    }

    @Test func fewRowsAreSharedByAllThreads() {
        #expect(division([50], threads: 2).together == [0..<1])
        #expect(division([8, 12, 9], threads: 2).together == [0..<3])
        #expect(division([257], threads: 16).together == [0..<1])
    }

    @Test func aLargeBatchIsDividedEvenly() {
        let lengths = [Int](repeating: 50, count: 32)
        #expect(division(lengths, threads: 2).apart == [[0..<16], [16..<32]])
        #expect(division(lengths, threads: 4).apart == [[0..<8], [8..<16], [16..<24], [24..<32]])
    }

    @Test func whatIsLeftOverIsSharedToo() {
        let lengths = [Int](repeating: 257, count: 5)
        let division = division(lengths, threads: 2)
        #expect(division.apart == [[0..<2], [2..<4]])
        #expect(division.together == [4..<5])
    }

    @Test func sharesHaveAboutAsManyRows() {
        let lengths = [70] + [Int](repeating: 10, count: 61)
        let division = division(lengths, threads: 2)
        #expect(division.apart == [[0..<28], [28..<62]])
        let rows = division.apart.joined().map { lengths[$0].reduce(0, +) }
        #expect(rows == [340, 340])
    }

    @Test func oddBatchesAreWhole() {
        #expect(division([], threads: 2) == BatchDivision(lengths: [], threads: 3))
        _ = division([0, 0, 0], threads: 2)
        _ = division([5000], threads: 1)
        _ = division([5000, 1, 1, 5000, 1], threads: 2)
        _ = division([Int](repeating: 1, count: 999), threads: 3)
    }
}
