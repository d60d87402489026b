import CMekikiKernels
import MekikiTesting
import Testing

@Suite struct ChecksumTests {
    /// Files hold these sums.
    ///
    /// They may never change. They were computed by another program, in whole
    /// numbers of any size.
    @Test func givesTheSameSumsForEver() {
        let bytes = (0..<200).map { UInt8($0) }
        let sums = [0, 1, 63, 64, 65, 200].map { mekiki_checksum(bytes, $0) }
        #expect(
            sums == [
                14_382_449_905_003_482_868,
                1_725_324_122_065_710_096,
                3_961_353_377_397_229_911,
                7_730_911_906_052_157_395,
                1_459_381_582_092_673_681,
                12_207_386_090_622_501_654,
            ]
        )
    }

    @Test(arguments: [1, 7, 64, 65, 1_024])
    func everyBitCounts(_ count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        var bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let sum = mekiki_checksum(bytes, count)
        for bit in 0..<count * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(mekiki_checksum(bytes, count) != sum)
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
    }

    @Test func theLengthCounts() {
        let zeros = [UInt8](repeating: 0, count: 300)
        let sums = (0...300).map { mekiki_checksum(zeros, $0) }
        #expect(Set(sums).count == sums.count)
    }

    @Test func exchangedWordsAreNoticed() {
        var random = SplitMix64(seed: 4)
        var words = (0..<64).map { _ in random.next() }
        let sum = mekiki_checksum(words, 512)
        for (a, b) in [(0, 1), (0, 8), (8, 16), (3, 59), (56, 63)] {
            words.swapAt(a, b)
            #expect(mekiki_checksum(words, 512) != sum)
            words.swapAt(a, b)
        }
    }
}
