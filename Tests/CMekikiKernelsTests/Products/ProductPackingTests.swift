import CMekikiKernels
import Testing

/// Where packing puts each weight, whichever instructions move it.
@Suite struct ProductPackingTests {
    @Test(arguments: [(1, 1), (16, 32), (15, 32), (17, 33), (48, 64), (40, 31), (100, 70)])
    func everyWeightIsInItsPlace(_ inputs: Int, _ outputs: Int) {
        let panel = Int(MEKIKI_PRODUCT_PANEL)
        let weights = (0..<inputs * outputs).map { Float($0) + 0.5 }
        let byteCount = Int(mekiki_product_packed_bytes_f32(Int64(inputs), Int64(outputs)))
        // Aligned to a line and not: both ways give the same.
        for offset in [0, 4] {
            let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 64, alignment: 64)
            defer { memory.deallocate() }
            let packed = memory + offset
            mekiki_product_pack_f32(weights, Int64(inputs), Int64(outputs), packed)
            var wrong = 0
            for place in 0..<byteCount / 4 {
                let (row, lane) = place.quotientAndRemainder(dividingBy: panel)
                let (block, input) = row.quotientAndRemainder(dividingBy: inputs)
                let output = block * panel + lane
                let expected = output < outputs ? weights[output * inputs + input] : 0
                let found = packed.load(fromByteOffset: place * 4, as: Float.self)
                wrong += found == expected ? 0 : 1
            }
            #expect(wrong == 0)
        }
    }
}
