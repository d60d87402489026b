import Testing

@testable import MekikiTokenizers

@Suite("Byte alphabet")
struct ByteAlphabetTests {
    @Test("Every byte has a letter of its own")
    func isComplete() {
        #expect(ByteAlphabet.letters.count == 256)
        #expect(Set(ByteAlphabet.letters).count == 256)
    }

    @Test(
        "Letters are GPT-2's",
        arguments: [
            (UInt8(0x00), Unicode.Scalar("Ā")), (0x20, "Ġ"), (0x21, "!"), (0x41, "A"), (0x7E, "~"),
            (0x7F, "ġ"), (0xA0, "ł"), (0xA1, "¡"), (0xAD, "Ń"), (0xFF, "ÿ"),
        ]
    )
    func letters(_ byte: UInt8, _ letter: Unicode.Scalar) {
        #expect(ByteAlphabet.letters[Int(byte)] == letter)
    }
}
