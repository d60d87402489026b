import Testing

@testable import MekikiTokenizers

@Suite("Vocabulary")
struct VocabularyTests {
    @Test("Pieces are found again, whatever the room made for them", arguments: [0, 10, 5000])
    func finds(_ capacity: Int) {
        var vocabulary = Vocabulary(capacity: capacity)
        for id in 0..<5000 { vocabulary.insert("piece\(id * 7)", id: Int32(id)) }
        #expect(vocabulary.size == 5000)
        #expect((0..<5000).allSatisfy { vocabulary.id(of: "piece\($0 * 7)") == Int32($0) })
        #expect(vocabulary.id(of: "piece1") == nil)
        #expect(vocabulary.id(of: "") == nil)
    }

    @Test("Composed and decomposed pieces are two")
    func comparesBytes() {
        var vocabulary = Vocabulary(capacity: 2)
        vocabulary.insert("\u{E9}", id: 1)
        vocabulary.insert("e\u{301}", id: 2)
        #expect(vocabulary.id(of: "\u{E9}") == 1)
        #expect(vocabulary.id(of: "e\u{301}") == 2)
    }

    @Test("The later of two equal pieces counts")
    func replaces() {
        var vocabulary = Vocabulary(capacity: 2)
        vocabulary.insert("a", id: 1)
        vocabulary.insert("a", id: 5)
        #expect(vocabulary.id(of: "a") == 5)
        #expect(vocabulary.size == 6)
    }
}
