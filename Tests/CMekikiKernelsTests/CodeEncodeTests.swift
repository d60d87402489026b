import CMekikiKernels
import MekikiTesting
import Testing

/// Codes are the same whatever the level; whether they are right, the estimates' tests tell.
@Suite struct CodeEncodeTests {
    @Test(arguments: VectorLevels.available, [1, 63, 64, 100, 512, 1_152])
    func everyLevelGivesTheSameBits(_ level: mekiki_cpu_level_t, _ dimension: Int) {
        var random = SplitMix64(seed: UInt64(dimension))
        for count in [1, 15, 16, 17, 32] {
            let rows = (0..<count * dimension).map { _ in
                UInt16.random(in: 0...0x3c00, using: &random)
                    | (random.next() & 1 == 1 ? 0x8000 : 0)
            }
            let centre = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
            let padded = (dimension + 63) / 64 * 64
            let signs = (0..<4 * padded).map { _ -> Float in random.next() & 1 == 1 ? 1 : -1 }
            func block(_ level: mekiki_cpu_level_t) -> [UInt64] {
                var block = [UInt64](repeating: .max, count: (padded / 64 + 1) * 32)
                var scratch = [Float](repeating: .nan, count: 17 * padded)
                centre.withUnsafeBufferPointer { centre in
                    signs.withUnsafeBufferPointer { signs in
                        var making = mekiki_code_making_t(
                            dimension: dimension,
                            padded: padded,
                            centre: centre.baseAddress,
                            turns: 4,
                            signs: signs.baseAddress,
                            rounding: 0.02
                        )
                        mekiki_code_encode_at(level)?(
                            &making,
                            rows,
                            count,
                            dimension,
                            &scratch,
                            &block
                        )
                    }
                }
                return block
            }
            #expect(block(level) == block(MEKIKI_CPU_SCALAR))
        }
    }
}
