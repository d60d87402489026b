import CMekikiKernels
import MekikiTesting
import Testing

/// The scan of codes: the scalar version against the formula in double precision, and every other
/// level against the scalar one, bit by bit.
@Suite struct CodeScanTests {
    private static let lanes = Int(MEKIKI_CODE_BLOCK)

    private struct Found: Equatable {
        var rows: [UInt32]
        var estimates: [Float]
        var uppers: [Float]
    }

    private struct Scene {
        let words: Int
        let blocks: Int
        var codes: [UInt64]
        let planes: [UInt64]
        var admitted: [UInt32]

        init(words: Int, blocks: Int, _ random: inout SplitMix64) {
            self.words = words
            self.blocks = blocks
            codes = []
            for _ in 0..<blocks {
                codes += (0..<words * lanes).map { _ in random.next() }
                var numbers: [UInt16] = []
                for kind in 0..<4 {
                    for _ in 0..<lanes {
                        // Halves of 0.01 to 1, and counts of bits.
                        let value = UInt16.random(in: 0x2100...0x3c00, using: &random)
                        numbers.append(kind == 3 ? UInt16(words * 20) + value % 9 : value)
                    }
                }
                codes += numbers.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
            }
            planes = (0..<words * 4).map { _ in random.next() }
            admitted = (0..<blocks).map { _ in UInt32(truncatingIfNeeded: random.next()) }
            if blocks > 1 { admitted[1] = 0 }
        }

        func scan(_ level: mekiki_cpu_level_t, _ threshold: Float) -> Found {
            planes.withUnsafeBufferPointer { planes in
                var query = mekiki_code_query_t(
                    planes: planes.baseAddress,
                    base: 0.25,
                    share: -0.5,
                    scale: 0.003,
                    tilt: -0.02,
                    shift: 0.125,
                    reach: 2.5
                )
                let room = blocks * lanes + 16
                var found = Found(
                    rows: Array(repeating: 0, count: room),
                    estimates: Array(repeating: 0, count: room),
                    uppers: Array(repeating: 0, count: room)
                )
                let function = mekiki_code_scan_at(level)
                let count =
                    function?(
                        codes,
                        blocks,
                        words,
                        &query,
                        admitted,
                        threshold,
                        &found.rows,
                        &found.estimates,
                        &found.uppers
                    ) ?? 0
                found.rows.removeLast(room - count)
                found.estimates.removeLast(room - count)
                found.uppers.removeLast(room - count)
                return found
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 6, 8, 9, 12, 18, 33], [0, 1, 3])
    func agreesWithTheFormula(_ words: Int, _ blocks: Int) {
        var random = SplitMix64(seed: UInt64(words * 8 + blocks))
        let scene = Scene(words: words, blocks: blocks, &random)
        let found = scene.scan(MEKIKI_CPU_SCALAR, -.infinity)
        var place = 0
        for row in 0..<blocks * Self.lanes {
            let (block, lane) = row.quotientAndRemainder(dividingBy: Self.lanes)
            guard scene.admitted[block] >> UInt32(lane) & 1 == 1 else { continue }
            let start = block * (words + 1) * Self.lanes
            var sum = 0
            for word in 0..<words {
                for plane in 0..<4 {
                    let shared = scene.codes[start + word * Self.lanes + lane]
                    sum += (shared & scene.planes[word * 4 + plane]).nonzeroBitCount << plane
                }
            }
            func number(_ kind: Int) -> UInt16 {
                let index = kind * Self.lanes + lane
                let word = scene.codes[start + words * Self.lanes + index / 4]
                return UInt16(truncatingIfNeeded: word >> UInt64(index % 4 * 16))
            }
            let signs = 0.003 * Double(sum) - 0.02 * Double(number(3)) + 0.125
            let estimate =
                0.25 - 0.5 * HalfValue.double(number(1)) + HalfValue.double(number(0)) * signs
            let upper = estimate + 2.5 * HalfValue.double(number(2))
            #expect(found.rows[place] == UInt32(row))
            #expect(abs(Double(found.estimates[place]) - estimate) < 1e-4)
            #expect(abs(Double(found.uppers[place]) - upper) < 1e-4)
            place += 1
        }
        #expect(place == found.rows.count)
    }

    @Test(arguments: VectorLevels.available, [1, 2, 3, 4, 6, 8, 9, 12, 18, 33])
    func everyLevelGivesTheSameBits(_ level: mekiki_cpu_level_t, _ words: Int) {
        var random = SplitMix64(seed: UInt64(words))
        for blocks in [0, 1, 3, 40] {
            let scene = Scene(words: words, blocks: blocks, &random)
            let all = scene.scan(MEKIKI_CPU_SCALAR, -.infinity)
            let middle = all.uppers.sorted().dropFirst(all.uppers.count / 2).first ?? 0
            for threshold in [-.infinity, middle, .infinity] {
                let expected = scene.scan(MEKIKI_CPU_SCALAR, threshold)
                #expect(scene.scan(level, threshold) == expected)
            }
        }
    }

    /// All bits set gives the greatest sum there is: a byte that overflows shows.
    @Test(arguments: VectorLevels.available)
    func holdsTheGreatestSum(_ level: mekiki_cpu_level_t) {
        var random = SplitMix64(seed: 3)
        var scene = Scene(words: 1_000, blocks: 1, &random)
        for place in 0..<1_000 * Self.lanes { scene.codes[place] = .max }
        scene.admitted = [.max]
        #expect(
            scene.scan(level, -.infinity) == scene.scan(MEKIKI_CPU_SCALAR, -.infinity)
        )
    }
}
