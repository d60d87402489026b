import CMekikiKernels
import MekikiTesting
import Testing

/// float16 <-> float32 on every level that this processor has.
@Suite struct HalfConversionTests {
    private static let allHalves = Array(UInt16.min...UInt16.max)

    private static func floats(_ halves: [UInt16], _ level: mekiki_cpu_level_t) -> [Float] {
        var floats = [Float](repeating: 42, count: halves.count)
        mekiki_vectors_functions(level).f32_from_f16(halves, &floats, halves.count)
        return floats
    }

    private static func halves(_ floats: [Float], _ level: mekiki_cpu_level_t) -> [UInt16] {
        var halves = [UInt16](repeating: 42, count: floats.count)
        mekiki_vectors_functions(level).f16_from_f32(floats, &halves, floats.count)
        return halves
    }

    @Test(arguments: VectorLevels.available)
    func everyHalfHasItsValue(_ level: mekiki_cpu_level_t) {
        let floats = Self.floats(Self.allHalves, level)
        let wrong = Self.allHalves.filter { half in
            let expected = HalfValue.double(half)
            let found = Double(floats[Int(half)])
            return expected.isNaN ? !found.isNaN : found != expected || found.sign != expected.sign
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: VectorLevels.available)
    func everyHalfComesBackFromItsValue(_ level: mekiki_cpu_level_t) {
        let back = Self.halves(Self.floats(Self.allHalves, level), level)
        let wrong = Self.allHalves.filter { half in
            let isSignalling = half & 0x7c00 == 0x7c00 && half & 0x3ff != 0 && half & 0x200 == 0
            return back[Int(half)] != (isSignalling ? half | 0x200 : half)
        }
        #expect(wrong.isEmpty)
    }

    /// Between any two neighbours: the middle goes to the even one, anything else to the nearer.
    @Test(arguments: VectorLevels.available)
    func roundsToNearestEven(_ level: mekiki_cpu_level_t) {
        // 0x7c00 stands for infinity, and for rounding for 65536, the number after the greatest.
        let lower = Array(UInt16(0)..<0x7c00)
        let middles = lower.map { half in
            let upper = half == 0x7bff ? 65536 : HalfValue.double(half + 1)
            return Float((HalfValue.double(half) + upper) / 2)
        }
        for sign: Float in [1, -1] {
            let signBit: UInt16 = sign < 0 ? 0x8000 : 0
            let atMiddle = Self.halves(middles.map { sign * $0 }, level)
            let below = Self.halves(middles.map { sign * $0.nextDown }, level)
            let above = Self.halves(middles.map { sign * $0.nextUp }, level)
            let wrong = lower.filter { half in
                let even = half.isMultiple(of: 2) ? half : half + 1
                return atMiddle[Int(half)] != signBit | even
                    || below[Int(half)] != signBit | half
                    || above[Int(half)] != signBit | (half + 1)
            }
            #expect(wrong.isEmpty)
        }
    }

    private static let special: [(Float, UInt16)] = [
        (0, 0), (-0.0, 0x8000), (.infinity, 0x7c00), (-.infinity, 0xfc00),
        (.greatestFiniteMagnitude, 0x7c00), (-.greatestFiniteMagnitude, 0xfc00),
        (65504, 0x7bff), (65519.996, 0x7bff), (65520, 0x7c00),
        (.leastNonzeroMagnitude, 0), (-.leastNonzeroMagnitude, 0x8000), (.leastNormalMagnitude, 0),
        (0x1p-24, 1), (0x1p-25, 0), (0x1.8p-25, 1), (0x1p-14, 0x400), (0x1.ff8p-15, 0x3ff),
        (0x1.ffcp-15, 0x400),
        (Float(bitPattern: 0x7f80_0001), 0x7e00), (Float(bitPattern: 0xffc0_2000), 0xfe01),
    ]

    @Test(arguments: VectorLevels.available, special)
    func specialValuesConvert(_ level: mekiki_cpu_level_t, _ pair: (float: Float, half: UInt16)) {
        // Twenty of them, so that registers and tails both see it.
        let halves = Self.halves([Float](repeating: pair.float, count: 20), level)
        #expect(halves == [UInt16](repeating: pair.half, count: 20))
    }

    @Test(arguments: VectorLevels.available, Array(0...40))
    func everyLengthConvertsAndNoMore(_ level: mekiki_cpu_level_t, _ count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let floats = (0..<count).map { _ in Float.random(in: -2...2, using: &random) }
        var expected = [UInt16](repeating: 0, count: count)
        mekiki_f16_from_f32_scalar(floats, &expected, count)
        var halves = [UInt16](repeating: 42, count: count + 1)
        mekiki_vectors_functions(level).f16_from_f32(floats, &halves, count)
        #expect(halves == expected + [42])
        var back = [Float](repeating: 42, count: count + 1)
        mekiki_vectors_functions(level).f32_from_f16(expected, &back, count)
        #expect(back == expected.map { Float(HalfValue.double($0)) } + [42])
    }

    @Test(arguments: VectorLevels.available)
    func randomBitsConvertAsTheScalarVersionDoes(_ level: mekiki_cpu_level_t) {
        var random = SplitMix64(seed: 3)
        let floats = (0..<100_000).map { _ in
            Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
        }
        #expect(Self.halves(floats, level) == Self.halves(floats, MEKIKI_CPU_SCALAR))
    }
}
