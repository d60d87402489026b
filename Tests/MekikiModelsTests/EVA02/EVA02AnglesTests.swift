import Foundation
import Testing

@testable import MekikiModels

@Suite struct EVA02AnglesTests {
    /// Patches count on the grid of the pretraining, 16 to a side, whatever their own number.
    @Test func rowsTurnTheFirstHalfAndColumnsTheSecond() {
        let angles = EVA02Vision.angles(side: 4, headWidth: 8)
        #expect(angles.count == 16 * 4)
        // Row 1, column 3, bands 1 and 0.01.
        let patch = Array(angles[(4 + 3) * 4..<(4 + 4) * 4])
        #expect(abs(patch[0] - 4) < 1e-5 && abs(patch[1] - 0.04) < 1e-6)
        #expect(abs(patch[2] - 12) < 1e-5 && abs(patch[3] - 0.12) < 1e-6)
        #expect(angles[..<4].allSatisfy { $0 == 0 })
    }
}
