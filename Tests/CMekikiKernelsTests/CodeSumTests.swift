import CMekikiKernels
import MekikiTesting
import Testing

/// Sums over codes, of every level that this processor has, bit by bit.
@Suite struct CodeSumTests {
    @Test(arguments: VectorLevels.available, [0, 1, 2, 3, 4, 6, 8, 9, 12, 18, 33])
    func agreesWithCountingBits(_ level: mekiki_cpu_level_t, _ words: Int) {
        var random = SplitMix64(seed: UInt64(words))
        let lanes = Int(MEKIKI_CODE_BLOCK)
        for blocks in [0, 1, 3] {
            let codes = (0..<blocks * words * lanes).map { _ in random.next() }
            let planes = (0..<words * 4).map { _ in random.next() }
            let sums = Self.sums(codes, blocks, words, planes, level)
            for vector in 0..<blocks * lanes {
                let (block, lane) = vector.quotientAndRemainder(dividingBy: lanes)
                var sum = 0
                for word in 0..<words {
                    let code = codes[(block * words + word) * lanes + lane]
                    for plane in 0..<4 {
                        sum += (code & planes[word * 4 + plane]).nonzeroBitCount << plane
                    }
                }
                #expect(sums[vector] == UInt32(sum), "vector \(vector) of \(blocks) blocks")
            }
        }
    }

    /// All bits set gives the greatest sum there is: a byte that overflows shows.
    @Test(arguments: VectorLevels.available)
    func holdsTheGreatestSum(_ level: mekiki_cpu_level_t) {
        let words = 1_000
        let codes = [UInt64](repeating: .max, count: words * Int(MEKIKI_CODE_BLOCK))
        let planes = [UInt64](repeating: .max, count: words * 4)
        let sums = Self.sums(codes, 1, words, planes, level)
        #expect(sums.allSatisfy { $0 == UInt32(words * 64 * 15) })
    }

    private static func sums(
        _ codes: [UInt64],
        _ blocks: Int,
        _ words: Int,
        _ planes: [UInt64],
        _ level: mekiki_cpu_level_t
    ) -> [UInt32] {
        var sums = [UInt32](repeating: .max, count: blocks * Int(MEKIKI_CODE_BLOCK))
        mekiki_code_sums_at(level)?(codes, blocks, words, planes, &sums)
        return sums
    }
}
