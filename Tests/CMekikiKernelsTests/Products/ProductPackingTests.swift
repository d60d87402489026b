import CMekikiKernels
import Testing

/// Where packing puts each weight.
@Suite struct ProductPackingTests {
    @Test(arguments: [(1, 1), (16, 32), (15, 32), (17, 33), (48, 64), (40, 31), (100, 70)])
    func everyWeightIsInItsPlace(_ inputs: Int, _ outputs: Int) {
        let panel = Int(MEKIKI_PRODUCT_PANEL)
        let weights = (0..<inputs * outputs).map { Float($0) + 0.5 }
        let byteCount = Int(mekiki_product_packed_bytes_f32(Int64(inputs), Int64(outputs)))
        var packed = [Float](repeating: .nan, count: byteCount / MemoryLayout<Float>.size)
        mekiki_product_pack_f32(weights, Int64(inputs), Int64(outputs), &packed)
        let expected = packed.indices.map { place -> Float in
            let (row, lane) = place.quotientAndRemainder(dividingBy: panel)
            let (block, input) = row.quotientAndRemainder(dividingBy: inputs)
            let output = block * panel + lane
            return output < outputs ? weights[output * inputs + input] : 0
        }
        #expect(packed == expected)
    }
}
