import Testing

@testable import MekikiImages

@Suite struct UserCommentTests {
    private static let texts = [
        "a cat\nSteps: 20, Seed: 1", "三毛猫が眠る海辺の夕日", "海の月", "Résumé of a café",
    ]

    @Test(arguments: texts)
    func everyEncodingIsReadWhateverItsName(_ text: String) {
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let wide = text.unicodeScalars.flatMap { scalar in
            (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
        }
        for name in ["UNICODE\0", "ASCII\0\0\0", "\0\0\0\0\0\0\0\0"] {
            for body in [big, little, wide, Array(text.utf8)] {
                #expect(UserComment.text(Array(name.utf8) + body) == text)
            }
        }
    }

    @Test func narrowEncodingsAreNotTakenForWideOnes() {
        let latin = Array("a photo of a caf".utf8) + [0xE9] + Array(", masterpiece".utf8)
        #expect(
            UserComment.text(Array("ASCII\0\0\0".utf8) + latin) == "a photo of a café, masterpiece"
        )
        let settings = latin + Array("\nSteps: 20, Seed: 1".utf8)
        #expect(
            UserComment.text(Array("ASCII\0\0\0".utf8) + settings)
                == "a photo of a café, masterpiece\nSteps: 20, Seed: 1"
        )
        let cut = Array("a photo of 京都".utf8).dropLast()
        #expect(UserComment.text(Array("ASCII\0\0\0".utf8) + cut) == "a photo of 京")
    }

    @Test func japaneseEncodingsAreReadUnderTheirName() {
        // 京都の写真, as Python encodes it.
        let shift: [UInt8] = [0x8B, 0x9E, 0x93, 0x73, 0x82, 0xCC, 0x8E, 0xCA, 0x90, 0x5E]
        let escape: [UInt8] = [0x1B, 0x24, 0x42]
        let seven = escape + Array("5~ET$N<L??".utf8) + [0x1B, 0x28, 0x42]
        for body in [shift, seven] {
            #expect(UserComment.text(Array("JIS\0\0\0\0\0".utf8) + body) == "京都の写真")
        }
    }

    @Test func nothingIsNoText() {
        #expect(UserComment.text([]) == nil)
        #expect(UserComment.text(Array("ASCII\0\0\0".utf8)) == nil)
        #expect(UserComment.text([UInt8](repeating: 0, count: 64)) == nil)
    }
}
