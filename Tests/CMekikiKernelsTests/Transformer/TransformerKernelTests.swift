import CMekikiKernels
import Testing

/// Every level that this processor has against the scalar functions.
@Suite struct TransformerKernelTests {
    static let levels: [mekiki_cpu_level_t] = {
        let all = [
            MEKIKI_CPU_SCALAR, MEKIKI_CPU_AVX2, MEKIKI_CPU_AVX512, MEKIKI_CPU_AVX512_BF16,
            MEKIKI_CPU_NEON,
        ]
        let detected = mekiki_cpu_detected()
        if detected == MEKIKI_CPU_NEON { return [MEKIKI_CPU_NEON] }
        return all.filter { $0.rawValue <= detected.rawValue && $0 != MEKIKI_CPU_SCALAR }
    }()

    /// Runs a kernel at a level and with the oracle.
    private func both<Result>(
        _ level: mekiki_cpu_level_t,
        _ body: () -> Result
    ) -> (Result, Result) {
        defer { mekiki_cpu_limit(MEKIKI_CPU_NEON) }
        mekiki_cpu_limit(level)
        let fast = body()
        mekiki_cpu_limit(MEKIKI_CPU_SCALAR)
        return (fast, body())
    }

    private func numbers(_ count: Int, seed: UInt32, scale: Float = 1) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return (Float(state >> 8) / Float(1 << 23) - 1) * scale
        }
    }

    @Test(arguments: levels, [1, 15, 16, 31, 32, 33, 100])
    func layerNormEqualsTheOracle(_ level: mekiki_cpu_level_t, _ width: Int) {
        let input = numbers(3 * width, seed: 1, scale: 5)
        let scale = numbers(width, seed: 2)
        let shift = numbers(width, seed: 3)
        let (fast, exact) = both(level) {
            var output = [Float](repeating: 0, count: 3 * width)
            mekiki_layer_norm_f32(input, scale, shift, 1e-5, 3, Int64(width), &output)
            return output
        }
        for (a, b) in zip(fast, exact) { #expect(abs(a - b) < 1e-5) }
        let (fastHalves, exactHalves) = both(level) {
            var output = [UInt16](repeating: 0, count: 3 * width)
            mekiki_layer_norm_f32_bf16(input, scale, shift, 1e-5, 3, Int64(width), &output)
            return output
        }
        // Rounding may fall to either side of a tie.
        for (a, b) in zip(fastHalves, exactHalves) { #expect(abs(Int(a) - Int(b)) <= 1) }
    }

    @Test(arguments: levels, [1, 15, 16, 17, 70])
    func softmaxEqualsTheOracle(_ level: mekiki_cpu_level_t, _ width: Int) {
        let input = numbers(2 * width, seed: 4, scale: 40)
        let (fast, exact) = both(level) {
            var values = input
            mekiki_softmax_f32(&values, 2, Int64(width))
            return values
        }
        for (a, b) in zip(fast, exact) { #expect(abs(a - b) < 1e-6) }
    }

    struct Shape: Sendable {
        var queries: Int
        var keys: Int
        var heads: Int
        var headWidth: Int
    }

    /// Tiles of 4 and 6 queries and registers of 4, 8 and 16 numbers, with and without a rest.
    static let shapes = [
        Shape(queries: 1, keys: 1, heads: 1, headWidth: 1),
        Shape(queries: 6, keys: 16, heads: 2, headWidth: 16),
        Shape(queries: 7, keys: 17, heads: 2, headWidth: 17),
        Shape(queries: 50, keys: 50, heads: 1, headWidth: 64),
        Shape(queries: 1, keys: 77, heads: 3, headWidth: 40),
    ]

    @Test(arguments: levels, shapes)
    func attentionEqualsTheOracle(_ level: mekiki_cpu_level_t, _ shape: Shape) {
        for causal in [false, true] {
            let (fast, exact) = both(level) { attend(shape, causal: causal) }
            for (a, b) in zip(fast, exact) { #expect(abs(a - b) < 1e-5) }
            let (fastHalves, exactHalves) = both(level) { attendHalves(shape, causal: causal) }
            for (a, b) in zip(fastHalves, exactHalves) { #expect(abs(a - b) < 0.02) }
        }
    }

    private func attend(_ shape: Shape, causal: Bool) -> [Float] {
        let width = shape.heads * shape.headWidth
        let query = numbers(shape.queries * width, seed: 5, scale: 2)
        let keysAndValues = numbers(shape.keys * width * 2, seed: 6, scale: 2)
        var output = [Float](repeating: 0, count: shape.queries * width)
        keysAndValues.withUnsafeBytes { joined in
            query.withUnsafeBytes { query in
                output.withUnsafeMutableBytes { output in
                    withDescription(
                        shape,
                        causal: causal,
                        query: query,
                        joined: joined,
                        output: output,
                        bytes: 4
                    ) { mekiki_attention_f32($0) }
                }
            }
        }
        return output
    }

    private func attendHalves(_ shape: Shape, causal: Bool) -> [Float] {
        let width = shape.heads * shape.headWidth
        let query = halves(numbers(shape.queries * width, seed: 5, scale: 2))
        let keysAndValues = halves(numbers(shape.keys * width * 2, seed: 6, scale: 2))
        var output = [UInt16](repeating: 0, count: shape.queries * width)
        keysAndValues.withUnsafeBytes { joined in
            query.withUnsafeBytes { query in
                output.withUnsafeMutableBytes { output in
                    withDescription(
                        shape,
                        causal: causal,
                        query: query,
                        joined: joined,
                        output: output,
                        bytes: 2
                    ) { mekiki_attention_bf16($0) }
                }
            }
        }
        return output.map { Float(bitPattern: UInt32($0) << 16) }
    }

    private func halves(_ values: [Float]) -> [UInt16] {
        var result = [UInt16](repeating: 0, count: values.count)
        mekiki_convert_f32_bf16(values, &result, Int64(values.count))
        return result
    }

    /// Keys and values lie side by side in one array.
    private func withDescription(
        _ shape: Shape,
        causal: Bool,
        query: UnsafeRawBufferPointer,
        joined: UnsafeRawBufferPointer,
        output: UnsafeMutableRawBufferPointer,
        bytes: Int,
        _ body: (UnsafePointer<mekiki_attention_t>) -> Void
    ) {
        let width = Int64(shape.heads * shape.headWidth)
        let needed = mekiki_attention_scratch_f32(Int64(shape.keys), Int64(shape.headWidth))
        var scratch = [Float](repeating: .nan, count: Int(needed))
        scratch.withUnsafeMutableBufferPointer { scratch in
            var description = mekiki_attention_t(
                query: query.baseAddress,
                key: joined.baseAddress,
                value: joined.baseAddress.map { $0 + Int(width) * bytes },
                output: output.baseAddress,
                query_stride: width,
                key_stride: 2 * width,
                value_stride: 2 * width,
                output_stride: width,
                queries: Int64(shape.queries),
                keys: Int64(shape.keys),
                heads: Int64(shape.heads),
                head_width: Int64(shape.headWidth),
                scale: 1 / Float(shape.headWidth).squareRoot(),
                causal: causal,
                scratch: scratch.baseAddress
            )
            body(&description)
        }
    }
}
