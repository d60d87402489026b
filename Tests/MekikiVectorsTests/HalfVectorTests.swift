import MekikiCore
import MekikiTesting
import MekikiVectors
import Testing

@Suite struct HalfVectorTests {
    @Test func componentsRoundToNearest() {
        let vector = HalfVector(Embedding(unit: [1, -0.5, 0.1]))
        #expect(vector.bits == [0x3c00, 0xb800, 0x2e66])
        #expect(vector.embedding.values == [1, -0.5, 0.099975586])
        #expect(vector.dimension == 3)
    }

    @Test func bytesAreLowerFirst() {
        let vector = HalfVector(bits: [0x3c01, 0xb800])
        let bytes = vector.withBytes { Array($0) }
        #expect(bytes == [0x01, 0x3c, 0x00, 0xb8])
        let back = bytes.withUnsafeBytes { HalfVector(bytes: $0) }
        #expect(back == vector)
    }

    @Test func noComponentsAreAVectorToo() {
        let vector = HalfVector(Embedding(unit: []))
        #expect(vector.bits.isEmpty)
        #expect(vector.embedding.values.isEmpty)
        #expect(vector.isFinite)
    }

    @Test(arguments: [Float.infinity, -.infinity, .nan, 70_000])
    func whatIsNoNumberIsSeen(_ component: Float) {
        #expect(!HalfVector(Embedding(unit: [0, component])).isFinite)
        #expect(HalfVector(Embedding(unit: [0, 65504])).isFinite)
    }
}
