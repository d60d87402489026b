import Testing

@testable import MekikiTokenizers

@Suite("Word cache")
struct WordCacheTests {
    @Test("A word is computed once")
    func remembers() {
        let cache = WordCache()
        var computed = 0
        for _ in 0..<3 {
            let ids = cache.ids(of: [1, 2]) {
                computed += 1
                return [7]
            }
            #expect(ids == [7])
        }
        #expect(computed == 1)
    }

    @Test("Long words are not kept")
    func skipsLongWords() {
        let cache = WordCache()
        let word = [UInt8](repeating: 1, count: WordCache.longestWord + 1)
        var computed = 0
        for _ in 0..<2 {
            _ = cache.ids(of: word) {
                computed += 1
                return []
            }
        }
        #expect(computed == 2)
    }

    @Test("A full cache starts over")
    func isBounded() {
        let cache = WordCache()
        func word(_ index: Int) -> [UInt8] { [UInt8(index & 255), UInt8(index >> 8)] }
        for index in 0...WordCache.capacity { _ = cache.ids(of: word(index)) { [Int32(index)] } }
        var isComputed = false
        _ = cache.ids(of: word(0)) {
            isComputed = true
            return []
        }
        #expect(isComputed)
    }
}
