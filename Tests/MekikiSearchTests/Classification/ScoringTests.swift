import MekikiCore
import MekikiSearch
import Testing

@Suite struct ScoringTests {
    private struct Case: Decodable {
        var scale: Float
        var bias: Float?
        var cosines: [Float]
        var probabilities: [Double]

        var scoring: Scoring {
            bias.map { .sigmoid(scale: scale, bias: $0) } ?? .softmax(scale: scale)
        }
    }

    @Test func probabilitiesAreThoseOfNumpy() throws {
        let cases = try Fixture.json("probabilities", as: [Case].self)
        #expect(cases.count == 5)
        for known in cases {
            let found = known.scoring.probabilities(known.cosines)
            #expect(found.count == known.probabilities.count)
            for (found, expected) in zip(found, known.probabilities) {
                #expect(abs(Double(found) - expected) <= 1e-6 * max(expected, 1e-30))
            }
        }
    }

    /// 1, e, e^2 over their sum.
    @Test func aSoftmaxIsAShare() {
        let found = Scoring.softmax(scale: 2).probabilities([-0.5, 0, 0.5])
        for (found, expected) in zip(found, [0.090_030_57, 0.244_728_47, 0.665_240_96] as [Float]) {
            #expect(abs(found - expected) < 1e-6)
        }
        #expect(Scoring.softmax(scale: 100).probabilities([]).isEmpty)
        #expect(Scoring.softmax(scale: 100).probabilities([0.3]) == [1])
    }

    @Test func largeLogitsStayNumbers() {
        #expect(Scoring.softmax(scale: 1e6).probabilities([1, -1]) == [1, 0])
        #expect(Scoring.softmax(scale: 1e6).probabilities([-1, -1]) == [0.5, 0.5])
        let sigmoid = Scoring.sigmoid(scale: 1e6, bias: 0).probabilities([1, 0, -1])
        #expect(sigmoid == [1, 0.5, 0])
    }

    @Test func aSigmoidAsksEachAlone() {
        let scoring = Scoring.sigmoid(scale: 10, bias: -1)
        let alone = scoring.probabilities([0.3])
        #expect(scoring.probabilities([0.3, 0.9, -0.2]).first == alone.first)
        // 1 / (1 + e^-2)
        #expect(abs((alone.first ?? 0) - 0.880_797_08) < 1e-6)
    }
}
