import Testing

@testable import MekikiTokenizers

@Suite("Compiled replacements")
struct PrecompiledMapTests {
    @Test("Sizes that don't fit are refused")
    func refuses() {
        #expect(PrecompiledMap([1]) == nil)
        #expect(PrecompiledMap([4, 0, 0, 0]) == nil)
        #expect(PrecompiledMap([3, 0, 0, 0, 1, 2, 3]) == nil)
        #expect(PrecompiledMap([255, 255, 255, 255, 1, 2, 3, 4]) == nil)
        #expect(PrecompiledMap([0, 0, 0, 0]) == nil)
    }

    @Test("An empty map replaces nothing")
    func empty() throws {
        let map = try #require(PrecompiledMap([]))
        var text = Array("ｶﾞ\r\n".unicodeScalars)
        map.apply(to: &text)
        #expect(text == Array("ｶﾞ\r\n".unicodeScalars))
    }

    @Test("Tries of noise end within the text", arguments: UInt64(0)..<200)
    func noise(_ seed: UInt64) throws {
        var random = SystemRandomNumberGenerator()
        var bytes: [UInt8] = [64, 1, 0, 0]
        bytes += (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
        let map = try #require(PrecompiledMap(bytes))
        let text = (0..<100).map { _ in UInt8.random(in: 0...255, using: &random) }
        for start in text.indices {
            for takesLongest in [false, true] {
                let entry = map.entry(
                    in: text,
                    at: start,
                    before: text.count,
                    takesLongest: takesLongest
                )
                #expect((entry?.length ?? 1) > 0)
                #expect(start + (entry?.length ?? 0) <= text.count)
            }
        }
    }
}
