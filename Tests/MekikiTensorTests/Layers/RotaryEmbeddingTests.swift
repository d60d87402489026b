import Foundation
import MekikiTensor
import Testing

@Suite struct RotaryEmbeddingTests {
    private static let headWidth = 8
    private static let heads = 2

    /// Turns a row by the definition.
    private func turned(
        _ row: [Float],
        by angles: [Float],
        _ pairing: RotaryEmbedding.Pairing
    ) -> [Float] {
        var row = row
        let width = Self.headWidth
        for head in 0..<Self.heads {
            for (pair, angle) in angles.enumerated() {
                let first = head * width + (pairing == .halves ? pair : 2 * pair)
                let second = pairing == .halves ? first + width / 2 : first + 1
                let (a, b) = (row[first], row[second])
                row[first] = a * cos(angle) - b * sin(angle)
                row[second] = b * cos(angle) + a * sin(angle)
            }
        }
        return row
    }

    @Test(arguments: [RotaryEmbedding.Pairing.halves, .neighbours], [0, 1])
    func rowsTurnAsDefined(_ pairing: RotaryEmbedding.Pairing, _ leading: Int) {
        let width = Self.heads * Self.headWidth
        let positions = 70
        let angles = RotaryEmbedding.angles(
            positions: positions,
            headWidth: Self.headWidth,
            theta: 100
        )
        let rotary = RotaryEmbedding(
            angles: angles,
            headWidth: Self.headWidth,
            pairing: pairing,
            leadingTokens: leading
        )
        #expect(rotary.positions == positions)
        var random = RandomNumbers(seed: 3)
        let sequences = [0..<3, 3..<4, 4..<70 + 4]
        let values = random.floats(74 * width, within: -2...2)
        for team in [1, 3] {
            let rows = Tensor(values, columns: width)
            rotary.run(sequences, on: rows.all, by: ThreadTeam(size: team))
            for sequence in sequences {
                for (position, row) in sequence.enumerated() {
                    let before = Array(values[row * width..<(row + 1) * width])
                    let place = position - leading
                    let wanted =
                        place < 0
                        ? before
                        : turned(before, by: Array(angles[place * 4..<place * 4 + 4]), pairing)
                    let found = rows.values[row * width..<(row + 1) * width]
                    for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 1e-4) }
                }
            }
        }
    }

    @Test func wavelengthsGrowFromPairToPair() {
        let angles = RotaryEmbedding.angles(positions: 3, headWidth: 4, theta: 10_000)
        #expect(angles.count == 6)
        for (angle, wanted) in zip(angles, [0, 0, 1, 0.01, 2, 0.02] as [Float]) {
            #expect(abs(angle - wanted) < 1e-6)
        }
    }

    @Test func otherColumnsStayAsTheyAre() {
        let rotary = RotaryEmbedding(angles: [0, 1, 2], headWidth: 2, pairing: .halves)
        let rows = Tensor([1, 2, 3, 4, 1, 2, 3, 4], columns: 4)
        rotary.run([0..<2], on: rows.slice(rows: 0..<2, columns: 0..<2))
        #expect(rows.values[2...3] == [3, 4] && rows.values[6...7] == [3, 4])
        #expect(rows.values[0...1] == [1, 2] && rows.values[4] != 1)
    }
}
