import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct ScoringTests {
    static let workers = WorkerThreads(count: 1, name: "scoring")

    private func scoring(_ name: String) throws -> Scoring {
        try ModelFixture.named(name).open(workers: Self.workers).scoring
    }

    @Test func aScaleAloneIsASoftmax() throws {
        guard case .softmax(let scale) = try scoring("rinna_clip") else {
            Issue.record("rinna's texts compete.")
            return
        }
        #expect(abs(scale - exp(3)) < 0.01)
    }

    @Test func aBiasMakesItASigmoid() throws {
        guard case .sigmoid(let scale, let bias) = try scoring("japanese_stable_clip") else {
            Issue.record("Each text is a question of its own.")
            return
        }
        #expect(abs(scale - exp(2)) < 0.01 && bias == -9)
    }

    @Test func aTemperatureDividesCosines() throws {
        guard case .softmax(let scale) = try scoring("line_clip") else {
            Issue.record("LINE's texts compete.")
            return
        }
        #expect(abs(scale - 20) < 0.1)
    }

    @Test func sigLIPHasItsOwn() throws {
        guard case .sigmoid(let scale, let bias) = try scoring("siglip") else {
            Issue.record("SigLIP's texts are questions of their own.")
            return
        }
        #expect(abs(scale - exp(4.7)) < 1 && abs(bias + 16.7) < 0.1)
    }
}
