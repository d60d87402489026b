import MekikiCore
import Testing

@testable import MekikiSearch

@Suite struct RankFusionTests {
    private func ids(_ numbers: Int...) -> [ImageID] {
        numbers.map { ImageID(rawValue: Int64($0)) }
    }

    @Test func whatSeveralChannelsFindComesFirst() {
        let fused = RankFusion(weights: [:]).fused([
            (.image, ids(1, 2, 3)), (.fullText, ids(4, 2)),
        ])
        #expect(fused.map(\.id) == ids(2, 1, 4, 3))
        #expect(abs(fused[0].score - 2 / 62.0) < 1e-12)
        #expect(fused[0].ranks.map(\.rank) == [2, 2])
    }

    @Test func weightsDecideAndEqualsStandByNumber() {
        let fusion = RankFusion(weights: [.fullText: 2])
        #expect(fusion.fused([(.image, ids(1)), (.fullText, ids(2))]).map(\.id) == ids(2, 1))
        let equal = RankFusion(weights: [:])
        #expect(equal.fused([(.image, ids(9)), (.fullText, ids(3))]).map(\.id) == ids(3, 9))
        #expect(equal.fused([]).isEmpty)
    }
}
