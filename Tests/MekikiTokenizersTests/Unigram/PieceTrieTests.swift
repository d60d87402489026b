import MekikiTesting
import Testing

@testable import MekikiTokenizers

@Suite("Piece trie")
struct PieceTrieTests {
    @Test("It finds what comparing with every piece finds", arguments: 0..<40)
    func equalsNaive(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        func bytes(_ most: UInt64) -> [UInt8] {
            (0..<Int(random.next() % (most + 1))).map { _ in
                [97, 98, 255, 0][Int(random.next() % 4)]
            }
        }
        let pieces = (0..<60).map { _ in bytes(12) }
        var text: [UInt8] = []
        var ends: [Int] = []
        for piece in pieces {
            text += piece
            ends.append(text.count)
        }
        let trie = PieceTrie(text: text, ends: ends)
        let sample = bytes(80)
        for start in sample.indices {
            var found: [[Int]] = []
            sample.withUnsafeBufferPointer {
                trie.forEachPiece(in: $0, at: start) { found.append([Int($0), $1]) }
            }
            let expected = (1...13).compactMap { length -> [Int]? in
                guard start + length <= sample.count else { return nil }
                let part = Array(sample[start..<(start + length)])
                return pieces.lastIndex(of: part).map { [$0, start + length] }
            }
            #expect(found == expected)
        }
    }

    @Test("No pieces are no trouble")
    func empty() {
        let trie = PieceTrie(text: [], ends: [])
        #expect(trie.piece("a") == nil)
        #expect(PieceTrie(text: [], ends: [0, 0]).piece("") == nil)
    }
}
