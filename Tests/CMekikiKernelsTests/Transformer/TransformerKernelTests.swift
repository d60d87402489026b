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
        Shape(queries: 150, keys: 150, heads: 1, headWidth: 8),
    ]

    /// Which keys a query sees.
    enum Sight: CaseIterable {
        case all, causal, window

        var before: Int64 { self == .window ? 19 : 1000 }
        var after: Int64 {
            switch self {
            case .all: 1000
            case .causal: 0
            case .window: 19
            }
        }
    }

    @Test(arguments: levels, shapes)
    func attentionEqualsTheOracle(_ level: mekiki_cpu_level_t, _ shape: Shape) {
        for sight in Sight.allCases {
            let (fast, exact) = both(level) { attend(shape, sight) }
            for (a, b) in zip(fast, exact) { #expect(abs(a - b) < 1e-5) }
            let (fastHalves, exactHalves) = both(level) { attendHalves(shape, sight) }
            for (a, b) in zip(fastHalves, exactHalves) { #expect(abs(a - b) < 0.02) }
        }
    }

    @Test(arguments: levels, [1, 15, 16, 33, 100])
    func copiedLayerNormEqualsTheOracle(_ level: mekiki_cpu_level_t, _ width: Int) {
        let input = numbers(3 * width, seed: 1, scale: 5)
        let scale = numbers(width, seed: 2)
        let shift = numbers(width, seed: 3)
        let stride = width + 3
        for isHalf in [false, true] {
            let (fast, exact) = both(level) {
                var output = input
                var copy = [Float](repeating: 0, count: 3 * stride)
                copy.withUnsafeMutableBytes { copy in
                    output.withUnsafeMutableBufferPointer { rows in
                        mekiki_layer_norm_f32_copied(
                            rows.baseAddress,
                            scale,
                            shift,
                            1e-5,
                            3,
                            Int64(width),
                            rows.baseAddress,
                            copy.baseAddress,
                            Int64(stride),
                            isHalf
                        )
                    }
                }
                guard isHalf else { return output + copy }
                return copy.withUnsafeBytes { bytes in
                    let halves = bytes.bindMemory(to: UInt16.self).prefix(3 * stride)
                    return output + halves.map { Float(bitPattern: UInt32($0) << 16) }
                }
            }
            for (a, b) in zip(fast.prefix(3 * width), exact) { #expect(abs(a - b) < 1e-5) }
            for (a, b) in zip(fast, exact) { #expect(abs(a - b) < (isHalf ? 0.02 : 1e-5)) }
        }
    }

    @Test(arguments: levels, [2, 6, 16, 20, 64])
    func rotationEqualsTheOracle(_ level: mekiki_cpu_level_t, _ headWidth: Int) {
        for neighbours in [false, true] {
            let (fast, exact) = both(level) {
                rotate(headWidth, neighbours: neighbours, isHalf: false)
            }
            for (a, b) in zip(fast, exact) { #expect(abs(a - b) < 1e-5) }
            let (fastHalves, exactHalves) = both(level) {
                rotate(headWidth, neighbours: neighbours, isHalf: true)
            }
            for (a, b) in zip(fastHalves, exactHalves) { #expect(abs(a - b) < 0.04) }
        }
    }

    /// Turns rows of three heads that lie apart.
    private func rotate(_ headWidth: Int, neighbours: Bool, isHalf: Bool) -> [Float] {
        let rows = 5
        let heads = 3
        let stride = heads * headWidth + 4
        var values = numbers(rows * stride, seed: 8, scale: 3)
        var halves = halves(values)
        var cosines = numbers(rows * headWidth, seed: 9)
        var sines = numbers(rows * headWidth, seed: 10)
        if neighbours {
            // Both of a pair have its cosine; the first has its sine with the other sign.
            for first in Swift.stride(from: 0, to: sines.count, by: 2) {
                cosines[first + 1] = cosines[first]
                sines[first] = -sines[first + 1]
            }
        }
        values.withUnsafeMutableBytes { values in
            halves.withUnsafeMutableBytes { halves in
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { sines in
                        var rotation = mekiki_rotation_t(
                            values: isHalf ? halves.baseAddress : values.baseAddress,
                            stride: Int64(stride),
                            rows: Int64(rows),
                            heads: Int64(heads),
                            head_width: Int64(headWidth),
                            neighbours: neighbours,
                            cosines: cosines.baseAddress,
                            sines: sines.baseAddress
                        )
                        if isHalf {
                            mekiki_rotate_bf16(&rotation)
                        } else {
                            mekiki_rotate_f32(&rotation)
                        }
                    }
                }
            }
        }
        return isHalf ? halves.map { Float(bitPattern: UInt32($0) << 16) } : values
    }

    @Test(arguments: levels, [MEKIKI_GATE_GELU, MEKIKI_GATE_GELU_TANH, MEKIKI_GATE_SILU])
    func gateEqualsTheOracle(
        _ level: mekiki_cpu_level_t,
        _ activation: mekiki_gate_activation_t
    ) {
        for width in [1, 16, 21, 40] {
            let input = numbers(4 * width, seed: 11, scale: 12)
            for (fromHalves, toHalves) in [
                (false, false), (false, true), (true, false), (true, true),
            ] {
                let (fast, exact) = both(level) {
                    gate(input, width, activation, fromHalves: fromHalves, toHalves: toHalves)
                }
                for (a, b) in zip(fast, exact) {
                    #expect(abs(a - b) < (toHalves ? 0.005 * max(1, abs(b)) : 1e-4))
                }
            }
        }
    }

    private func gate(
        _ input: [Float],
        _ width: Int,
        _ activation: mekiki_gate_activation_t,
        fromHalves: Bool,
        toHalves: Bool
    ) -> [Float] {
        let inputHalves = halves(input)
        var output = [Float](repeating: 0, count: 2 * width)
        var outputHalves = [UInt16](repeating: 0, count: 2 * width)
        input.withUnsafeBytes { floats in
            inputHalves.withUnsafeBytes { halves in
                output.withUnsafeMutableBytes { output in
                    outputHalves.withUnsafeMutableBytes { outputHalves in
                        var gate = mekiki_gate_t(
                            input: fromHalves ? halves.baseAddress : floats.baseAddress,
                            output: toHalves ? outputHalves.baseAddress : output.baseAddress,
                            input_stride: Int64(2 * width),
                            output_stride: Int64(width),
                            rows: 2,
                            width: Int64(width),
                            activation: activation,
                            input_is_bf16: fromHalves,
                            output_is_bf16: toHalves
                        )
                        mekiki_gate(&gate)
                    }
                }
            }
        }
        return toHalves ? outputHalves.map { Float(bitPattern: UInt32($0) << 16) } : output
    }

    private func attend(_ shape: Shape, _ sight: Sight) -> [Float] {
        let width = shape.heads * shape.headWidth
        let query = numbers(shape.queries * width, seed: 5, scale: 2)
        let keysAndValues = numbers(shape.keys * width * 2, seed: 6, scale: 2)
        var output = [Float](repeating: 0, count: shape.queries * width)
        keysAndValues.withUnsafeBytes { joined in
            query.withUnsafeBytes { query in
                output.withUnsafeMutableBytes { output in
                    withDescription(
                        shape,
                        sight,
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

    private func attendHalves(_ shape: Shape, _ sight: Sight) -> [Float] {
        let width = shape.heads * shape.headWidth
        let query = halves(numbers(shape.queries * width, seed: 5, scale: 2))
        let keysAndValues = halves(numbers(shape.keys * width * 2, seed: 6, scale: 2))
        var output = [UInt16](repeating: 0, count: shape.queries * width)
        keysAndValues.withUnsafeBytes { joined in
            query.withUnsafeBytes { query in
                output.withUnsafeMutableBytes { output in
                    withDescription(
                        shape,
                        sight,
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
        _ sight: Sight,
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
                position: Int64(shape.keys - shape.queries),
                before: sight.before,
                after: sight.after,
                scratch: scratch.baseAddress
            )
            body(&description)
        }
    }
}
