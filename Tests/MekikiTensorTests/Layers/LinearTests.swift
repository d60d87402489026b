import Foundation
import MekikiTensor
import Testing

@Suite struct LinearTests {
    struct Shape: Sendable {
        var rows: Int
        var inputs: Int
        var outputs: Int
    }

    static let elements: [ElementType] =
        ComputePrecision.hasBFloat16 ? [.float32, .bfloat16] : [.float32]

    /// Widths around the block sizes of generated code, and none of them a multiple.
    static let shapes = [
        Shape(rows: 1, inputs: 1, outputs: 1), Shape(rows: 3, inputs: 17, outputs: 5),
        Shape(rows: 50, inputs: 64, outputs: 96), Shape(rows: 7, inputs: 33, outputs: 130),
    ]

    @Test(arguments: shapes, elements)
    func sumsEqualTheDefinition(_ shape: Shape, _ element: ElementType) throws {
        for activation in Activation.allCases {
            for accumulates in [false, true] {
                try check(shape, element, activation, accumulates: accumulates)
            }
        }
    }

    @Test func aLayerWithoutBiasAddsNone() throws {
        let layer = try Linear.packing([2, 3], inputs: 2)
        let output = Tensor(.float32, rows: 1, columns: 1)
        try layer.run(Tensor([10, 100], columns: 2).all, into: output.all)
        #expect(output.values == [320])
    }

    /// More row counts than a layer remembers: code is dropped and made again.
    @Test func everyRowCountGivesTheSameRow() throws {
        var random = RandomNumbers(seed: 5)
        let layer = try Linear.packing(random.floats(20 * 12), inputs: 20)
        let row = random.floats(20)
        let alone = Tensor(.float32, rows: 1, columns: 12)
        try layer.run(Tensor(row, columns: 20).all, into: alone.all)
        for rows in Array(1...40) + [1, 2, 40] {
            let input = Tensor((0..<rows).flatMap { _ in row }, columns: 20)
            let output = Tensor(.float32, rows: rows, columns: 12)
            try layer.run(input.all, into: output.all)
            for (value, expected) in zip(output.values.suffix(12), alone.values) {
                #expect(abs(value - expected) < 1e-5)
            }
        }
    }

    @Test func threadsShareOneLayer() async throws {
        var random = RandomNumbers(seed: 6)
        let layer = try Linear.packing(
            random.floats(64 * 64),
            bias: random.floats(64),
            inputs: 64
        )
        let inputs = (0..<8).map { _ in random.floats(64 * 30) }
        let expected = try inputs.map { values in
            let output = Tensor(.float32, rows: 30, columns: 64)
            try layer.run(Tensor(values, columns: 64).all, into: output.all)
            return output.values
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<8 {
                let values = inputs[index]
                let wanted = expected[index]
                group.addTask {
                    // Row counts of each task's own make the cache of generated code change hands.
                    for rows in [30, 1 + index, 30, 10 + index, 30] {
                        let output = Tensor(.float32, rows: rows, columns: 64)
                        let input = Tensor(Array(values.prefix(rows * 64)), columns: 64)
                        try layer.run(input.all, into: output.all)
                        let isClose = zip(output.values, wanted).allSatisfy {
                            abs($0 - $1) < 1e-4
                        }
                        if !isClose { return false }
                    }
                    return true
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    private func check(
        _ shape: Shape,
        _ element: ElementType,
        _ activation: Activation,
        accumulates: Bool
    ) throws {
        var random = RandomNumbers(seed: 4)
        let count = shape.inputs * shape.outputs
        let weights = Tensor(random.floats(count), as: element, columns: shape.inputs).values
        let bias = random.floats(shape.outputs)
        let input = Tensor(
            random.floats(shape.rows * shape.inputs),
            as: element,
            columns: shape.inputs
        )
        let before = random.floats(shape.rows * shape.outputs)
        let layer = try Linear.packing(
            weights,
            bias: bias,
            inputs: shape.inputs,
            computing: element,
            activation: activation,
            accumulates: accumulates
        )
        let output = Tensor(before, columns: shape.outputs)
        try layer.run(input.all, into: output.all)

        let rows = input.values
        let results = output.values
        for row in 0..<shape.rows {
            for column in 0..<shape.outputs {
                var sum = Double(bias[column])
                for k in 0..<shape.inputs {
                    sum +=
                        Double(rows[row * shape.inputs + k])
                        * Double(weights[column * shape.inputs + k])
                }
                let place = row * shape.outputs + column
                let expected =
                    Self.apply(activation, sum) + (accumulates ? Double(before[place]) : 0)
                #expect(abs(Double(results[place]) - expected) < 2e-5 * max(1, abs(expected)))
            }
        }
    }

    private static func apply(_ activation: Activation, _ x: Double) -> Double {
        switch activation {
        case .identity: x
        case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
        case .geluTanh:
            0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .quickGELU: x / (1 + exp(-1.702 * x))
        }
    }
}
