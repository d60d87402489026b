import Testing

@testable import MekikiTokenizers

@Suite("Byte-pair merges")
struct BytePairModelTests {
    @Test("The queue gives what looking at every pair gives", arguments: 0..<200)
    func equalsNaive(_ seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        // Symbols 0 to 3 are letters; random merges make the rest, so that many overlap.
        var merges = MergeTable(capacity: 40)
        var table: [[Int32]: (rank: Int, product: Int32)] = [:]
        var symbols = Int32(4)
        for _ in 0..<40 {
            let pair = [Int32(random.next(below: Int(symbols))), Int32(random.next(below: 6))]
            guard pair[1] < symbols else { continue }
            table[pair] = (merges.products.count, symbols)
            merges.append(left: pair[0], right: pair[1], product: symbols)
            symbols += 1
        }
        let model = BytePairModel(
            alphabet: .bytes(of: Vocabulary(capacity: 0), suffix: ""),
            merges: merges,
            unknown: nil,
            fusesUnknown: false
        )
        for length in [0, 1, 2, 3, 10, 100] {
            let word = (0..<length).map { _ in Int32(random.next(below: 4)) }
            #expect(model.merged(word) == Self.naive(word, table), "\(word)")
        }
    }

    @Test("A word of 200,000 letters is no trouble", .timeLimit(.minutes(10)))
    func longWord() {
        var merges = MergeTable(capacity: 17)
        // Doublings: what is left are the binary digits of 200,000.
        for symbol in Int32(0)..<17 {
            merges.append(left: symbol, right: symbol, product: symbol + 1)
        }
        let model = BytePairModel(
            alphabet: .bytes(of: Vocabulary(capacity: 0), suffix: ""),
            merges: merges,
            unknown: nil,
            fusesUnknown: false
        )
        let ids = model.merged(Array(repeating: 0, count: 200_000))
        #expect(ids.reduce(0) { $0 + 1 << Int($1) } == 200_000)
        #expect(ids.count == 200_000.nonzeroBitCount)
    }

    @Test("Unknown bytes give one id each, one for a run, or none")
    func unknown() {
        var vocabulary = Vocabulary(capacity: 2)
        vocabulary.insert("a", id: 0)
        vocabulary.insert("a</w>", id: 1)
        func symbols(_ unknown: Int32?, fused: Bool) -> [Int32] {
            BytePairModel(
                alphabet: .bytes(of: vocabulary, suffix: "</w>"),
                merges: MergeTable(capacity: 0),
                unknown: unknown,
                fusesUnknown: fused
            )
            .symbols(of: Array("axxaxa".utf8))
        }
        #expect(symbols(9, fused: false) == [0, 9, 9, 0, 9, 1])
        #expect(symbols(9, fused: true) == [0, 9, 0, 9, 1])
        #expect(symbols(nil, fused: false) == [0, 0, 1])
    }

    private static func naive(
        _ start: [Int32],
        _ table: [[Int32]: (rank: Int, product: Int32)]
    ) -> [Int32] {
        var symbols = start
        while true {
            var best: (rank: Int, index: Int, product: Int32)?
            for index in symbols.indices.dropLast() {
                guard let merge = table[[symbols[index], symbols[index + 1]]] else { continue }
                if merge.rank < best?.rank ?? .max { best = (merge.rank, index, merge.product) }
            }
            guard let best else { return symbols }
            symbols.replaceSubrange(best.index...(best.index + 1), with: [best.product])
        }
    }
}

/// Repeatable random numbers (Steele, Lea and Flood 2014).
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}
