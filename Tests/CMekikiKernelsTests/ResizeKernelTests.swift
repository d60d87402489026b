import CMekikiKernels
import Testing

/// The vector kernels sum integers as the scalar ones do, so they have to agree to the bit.
@Suite("Resize kernels")
struct ResizeKernelTests {
    typealias Horizontal =
        @Sendable (
            UnsafePointer<UInt8>, Int, Int, Int, UnsafePointer<mekiki_resize_axis_t>,
            UnsafeMutablePointer<UInt8>
        ) -> Void
    typealias Vertical =
        @Sendable (
            UnsafePointer<UInt8>, Int, Int, UnsafePointer<mekiki_resize_axis_t>,
            UnsafeMutablePointer<UInt8>
        ) -> Void

    /// A kernel of this architecture that this processor can run.
    struct Kernels: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let horizontal: Horizontal
        let vertical: Vertical
    }

    static let kernels: [Kernels] = {
        var kernels = [
            Kernels(
                testDescription: "dispatched",
                horizontal: { mekiki_resize_horizontal_rgb_u8($0, $1, $2, $3, $4, $5) },
                vertical: { mekiki_resize_vertical_u8($0, $1, $2, $3, $4) }
            )
        ]
        #if arch(x86_64)
        if mekiki_cpu_detected().rawValue >= MEKIKI_CPU_AVX2.rawValue {
            kernels.append(
                Kernels(
                    testDescription: "avx2",
                    horizontal: { mekiki_resize_horizontal_rgb_u8_avx2($0, $1, $2, $3, $4, $5) },
                    vertical: { mekiki_resize_vertical_u8_avx2($0, $1, $2, $3, $4) }
                )
            )
        }
        #elseif arch(arm64)
        kernels.append(
            Kernels(
                testDescription: "neon",
                horizontal: { mekiki_resize_horizontal_rgb_u8_neon($0, $1, $2, $3, $4, $5) },
                vertical: { mekiki_resize_vertical_u8_neon($0, $1, $2, $3, $4) }
            )
        )
        #endif
        return kernels
    }()

    /// Inputs along the axis, outputs, and the largest count of taps.
    static let shapes = [
        (1, 1, 1), (2, 3, 2), (5, 4, 3), (6, 9, 5), (16, 16, 8), (23, 7, 11), (64, 33, 40),
        (200, 13, 150), (700, 5, 640),
    ]

    @Test("The horizontal pass equals the scalar one", arguments: kernels, shapes)
    func horizontal(_ kernels: Kernels, _ shape: (inputs: Int, outputs: Int, taps: Int)) {
        var random = SplitMix(seed: UInt64(shape.inputs))
        for rows in [1, 3, 4, 5, 9] {
            let axis = RandomAxis(shape, &random)
            // Rows exactly as long as the pixels: anything read behind the last one is out of bounds.
            let source = (0..<(rows * shape.inputs * 3)).map { _ in UInt8(random.next() & 255) }
            let count = rows * shape.outputs * 3
            var expected = [UInt8](repeating: 0xAA, count: count + 16)
            var result = expected
            axis.with { axis in
                mekiki_resize_horizontal_rgb_u8_scalar(
                    source,
                    shape.inputs * 3,
                    shape.inputs,
                    rows,
                    axis,
                    &expected
                )
                kernels.horizontal(source, shape.inputs * 3, shape.inputs, rows, axis, &result)
            }
            #expect(result == expected, "\(rows) rows")
            #expect(result.suffix(16).allSatisfy { $0 == 0xAA })
        }
    }

    @Test("The vertical pass equals the scalar one", arguments: kernels, shapes)
    func vertical(_ kernels: Kernels, _ shape: (inputs: Int, outputs: Int, taps: Int)) {
        var random = SplitMix(seed: UInt64(shape.inputs) + 1)
        for length in [1, 3, 15, 16, 17, 48, 100] {
            let axis = RandomAxis(shape, &random)
            let stride = length + 2
            let samples = shape.inputs * stride - 2
            let source = (0..<samples).map { _ in UInt8(random.next() & 255) }
            let count = shape.outputs * length
            var expected = [UInt8](repeating: 0xAA, count: count + 16)
            var result = expected
            axis.with { axis in
                mekiki_resize_vertical_u8_scalar(source, stride, length, axis, &expected)
                kernels.vertical(source, stride, length, axis, &result)
            }
            #expect(result == expected, "\(length) samples a row")
            #expect(result.suffix(16).allSatisfy { $0 == 0xAA })
        }
    }

    @Test("The scalar passes compute the weighted sum", arguments: shapes)
    func scalarIsWeightedSum(_ shape: (inputs: Int, outputs: Int, taps: Int)) {
        var random = SplitMix(seed: UInt64(shape.inputs) + 2)
        let axis = RandomAxis(shape, &random)
        let source = (0..<(shape.inputs * 3)).map { _ in UInt8(random.next() & 255) }
        var row = [UInt8](repeating: 0, count: shape.outputs * 3)
        var column = row
        axis.with { axis in
            mekiki_resize_horizontal_rgb_u8_scalar(
                source,
                source.count,
                shape.inputs,
                1,
                axis,
                &row
            )
            mekiki_resize_vertical_u8_scalar(source, 3, 3, axis, &column)
        }
        let expected = (0..<shape.outputs).flatMap { output in
            (0..<3).map { channel in
                var sum = 0.5
                for tap in 0..<Int(axis.counts[output]) {
                    let sample = source[(Int(axis.starts[output]) + tap) * 3 + channel]
                    let weight = axis.weights[output * axis.taps + tap]
                    sum += Double(sample) * Double(weight) / Double(1 << MEKIKI_RESIZE_PRECISION)
                }
                return UInt8(min(255, max(0, sum.rounded(.down))))
            }
        }
        #expect(row == expected)
        #expect(column == expected)
    }
}

/// Weights of an axis with windows anywhere, edges included, that sum to about one but overshoot.
private struct RandomAxis {
    let starts: [Int32]
    let counts: [Int32]
    let weights: [Int32]
    let taps: Int

    init(_ shape: (inputs: Int, outputs: Int, taps: Int), _ random: inout SplitMix) {
        taps = (shape.taps + 3) / 4 * 4
        var starts: [Int32] = []
        var counts: [Int32] = []
        var weights: [Int32] = []
        for output in 0..<shape.outputs {
            let count = 1 + Int(random.next() % UInt64(shape.taps))
            // The last output touches the end.
            let room = shape.inputs - count + 1
            let start = output == shape.outputs - 1 ? room - 1 : Int(random.next() % UInt64(room))
            starts.append(Int32(start))
            counts.append(Int32(count))
            let one = 1 << MEKIKI_RESIZE_PRECISION
            // From -0.5 to 1.5 in all, which 32 bits hold.
            let reach = UInt64(2 * one / count)
            for tap in 0..<taps {
                let weight = tap < count ? Int(random.next() % reach) - one / count / 2 : 0
                weights.append(Int32(weight))
            }
        }
        self.starts = starts
        self.counts = counts
        self.weights = weights
    }

    func with(_ body: (UnsafePointer<mekiki_resize_axis_t>) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { weights in
                    var axis = mekiki_resize_axis_t(
                        outputs: starts.count,
                        taps: taps,
                        starts: starts.baseAddress,
                        counts: counts.baseAddress,
                        weights: weights.baseAddress
                    )
                    body(&axis)
                }
            }
        }
    }
}

/// Repeatable random numbers (Steele, Lea and Flood 2014).
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
