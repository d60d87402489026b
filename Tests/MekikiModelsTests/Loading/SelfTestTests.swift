import MekikiCore
import Testing

@testable import MekikiModels

@Suite struct SelfTestTests {
    private static let east = Embedding(unit: [1, 0])
    private static let north = Embedding(unit: [0, 1])

    @Test func differentUnitVectorsPass() throws {
        try SelfTest.check([Self.east, Self.north], tower: "text", subject: "model")
    }

    @Test(arguments: [
        ([east, east], "same vector"), ([east, Embedding(unit: [2, 0])], "unit length"),
        ([Embedding(unit: [.nan, 0]), north], "unit length"),
        ([Embedding(unit: [.infinity, 0]), north], "unit length"),
    ])
    func whatNoModelGivesIsCalledDamaged(_ embeddings: [Embedding], _ words: String) {
        let error = #expect(throws: MekikiError.self) {
            try SelfTest.check(embeddings, tower: "text", subject: "model")
        }
        #expect(error?.code == .badData)
        #expect(error?.subject == "model")
        #expect(error?.message.contains(words) == true)
    }
}
