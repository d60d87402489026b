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

    @Test func nothingIsNoText() {
        #expect(UserComment.text([]) == nil)
        #expect(UserComment.text(Array("ASCII\0\0\0".utf8)) == nil)
        #expect(UserComment.text([UInt8](repeating: 0, count: 64)) == nil)
    }
}
