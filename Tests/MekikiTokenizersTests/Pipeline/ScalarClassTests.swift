import Testing

@testable import MekikiTokenizers

@Suite("Classes of scalars")
struct ScalarClassTests {
    @Test(
        "A scalar has the class that the patterns give it",
        arguments: [
            (Unicode.Scalar("a"), ScalarClass.letter), ("猫", .letter), ("ー", .letter),
            ("ª", .letter), ("7", .number), ("Ⅳ", .number), ("½", .number), ("٣", .number),
            (" ", .space),
            ("\u{3000}", .space), ("\u{85}", .space), ("\u{1C}", .other), ("\u{200B}", .other),
            ("\u{301}", .other), ("🐱", .other), ("_", .other), ("\0", .other), ("\u{FFFF}", .other),
        ]
    )
    func classes(_ scalar: Unicode.Scalar, _ expected: ScalarClass) {
        #expect(ScalarClass(scalar) == expected)
    }

    @Test("The table for ASCII says what Unicode says")
    func ascii() {
        for value in UInt8(0)..<128 {
            let scalar = Unicode.Scalar(value)
            let expected: ScalarClass =
                scalar.properties.isAlphabetic
                ? .letter
                : scalar.properties.numericType != nil
                    ? .number : scalar.properties.isWhitespace ? .space : .other
            #expect(ScalarClass(scalar) == expected, "\(value)")
        }
    }

    @Test("Letters that came with Unicode 17 are none yet")
    func newLetters() {
        for value in [0x88F, 0x16EBB, 0x18DB8, 0x2CEA3] {
            #expect(Unicode.Scalar(UInt32(value)).map(ScalarClass.init) == .other)
        }
    }
}
