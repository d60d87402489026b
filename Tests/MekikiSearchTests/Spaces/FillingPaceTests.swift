import Testing

@testable import MekikiSearch

@Suite struct FillingPaceTests {
    @Test func aSlowModelGetsSmallTurns() {
        var pace = FillingPace()
        for _ in 0..<10 { pace.learn(pace.count, took: .seconds(pace.count)) }
        #expect(pace.count == FillingPace.bounds.lowerBound)
    }

    @Test func aFastModelGetsLargeTurnsStepByStep() {
        var pace = FillingPace()
        let first = pace.count
        pace.learn(first, took: .milliseconds(1))
        #expect(pace.count == 2 * first)
        for _ in 0..<10 { pace.learn(pace.count, took: .milliseconds(1)) }
        #expect(pace.count == FillingPace.bounds.upperBound)
    }

    @Test func aSteadyModelGetsTurnsOfTheWantedLength() {
        var pace = FillingPace()
        for _ in 0..<20 { pace.learn(pace.count, took: .milliseconds(10) * pace.count) }
        #expect((290...300).contains(pace.count))
    }

    @Test func aTurnWithoutWorkTeachesNothing() {
        var pace = FillingPace()
        pace.learn(0, took: .seconds(1))
        pace.learn(5, took: .zero)
        #expect(pace == FillingPace())
    }
}
