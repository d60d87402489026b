import Foundation
import MekikiCore
import MekikiTensor
import Testing

@Suite struct LinearTests {
    struct Shape: Sendable {
        var rows: Int
        var inputs: Int
        var outputs: Int
    }

    /// One implementation of the product.
    struct Implementation: Sendable {
        var engine: LinearEngine
        var element: ElementType
    }

    static let elements: [ElementType] =
        ComputePrecision.hasBFloat16 ? [.float32, .bfloat16] : [.float32]

    /// Every implementation that this processor has.
    static let implementations = elements.flatMap { element in
        LinearEngine.available(computing: element).map {
            Implementation(engine: $0, element: element)
        }
    }

    /// Widths around the block sizes of kernels and of generated code, and none of them a multiple.
    static let shapes = [
        Shape(rows: 1, inputs: 2, outputs: 1), Shape(rows: 3, inputs: 18, outputs: 5),
        Shape(rows: 50, inputs: 64, outputs: 96), Shape(rows: 7, inputs: 34, outputs: 130),
        Shape(rows: 15, inputs: 588, outputs: 47), Shape(rows: 29, inputs: 6, outputs: 33),
    ]

    @Test(arguments: shapes, implementations)
    func sumsEqualTheDefinition(_ shape: Shape, _ implementation: Implementation) throws {
        for activation in Activation.allCases {
            for accumulates in [false, true] {
                try check(shape, implementation, activation, accumulates: accumulates)
            }
        }
    }

    /// Every number of rows that a tile can have, with results in either element type.
    @Test(arguments: implementations, elements)
    func everyTileOfRowsIsRight(_ implementation: Implementation, _ output: ElementType) throws {
        // oneDNN rounds no products of float32.
        guard output == .float32 || output == implementation.element else { return }
        for rows in 1...30 {
            let shape = Shape(rows: rows, inputs: 40, outputs: 70)
            try check(shape, implementation, .identity, accumulates: false, output: output)
            try check(shape, implementation, .quickGELU, accumulates: false, output: output)
        }
    }

    @Test(arguments: implementations) func extremeSumsStayNumbers(
        _ implementation: Implementation
    ) throws {
        for activation in Activation.allCases {
            let layer = try Linear.packing(
                [1, 0, 0, 1],
                inputs: 2,
                computing: implementation.element,
                activation: activation,
                engine: implementation.engine
            )
            let values: [Float] = [-1e30, -200, -90, -20, 20, 90, 200, 1e30]
            let input = Tensor(values, as: implementation.element, columns: 2)
            let output = Tensor(.float32, rows: 4, columns: 2)
            try layer.run(input.all, into: output.all)
            for (result, value) in zip(output.values, input.values) {
                let expected = activation == .identity ? value : max(0, value)
                #expect(abs(result - expected) <= 1e-5 * max(1, abs(expected)))
            }
        }
    }

    /// A product over rows that lie apart, of a width that would collide in the cache.
    @Test(arguments: implementations) func rowsMayLieApart(
        _ implementation: Implementation
    ) throws {
        var random = RandomNumbers(seed: 8)
        let (inputs, outputs, rows) = (2048, 24, 20)
        let weights = random.floats(inputs * outputs)
        let values = random.floats(inputs * rows)
        let layer = try Linear.packing(
            weights,
            inputs: inputs,
            computing: implementation.element,
            engine: implementation.engine
        )
        let close = Tensor(values, as: implementation.element, columns: inputs)
        let spaced = Tensor(implementation.element)
        spaced.reshape(rows: rows, columns: inputs, isSpaced: true)
        #expect(spaced.stride > inputs)
        for row in 0..<rows { spaced.rows(row..<row + 1).copy(from: close.rows(row..<row + 1)) }
        let expected = Tensor(.float32, rows: rows, columns: outputs)
        let output = Tensor(.float32, rows: rows, columns: outputs)
        try layer.run(close.all, into: expected.all)
        try layer.run(spaced.all, into: output.all)
        for (value, wanted) in zip(output.values, expected.values) {
            #expect(abs(value - wanted) < 1e-4)
        }
    }

    @Test(arguments: implementations) func aTeamGetsTheSameResult(
        _ implementation: Implementation
    ) async throws {
        var random = RandomNumbers(seed: 9)
        for (rows, outputs) in [(1, 32), (5, 96), (300, 40), (257, 512)] {
            let weights = random.floats(64 * outputs)
            let values = random.floats(64 * rows)
            let layer = try Linear.packing(
                weights,
                inputs: 64,
                computing: implementation.element,
                engine: implementation.engine
            )
            let alone = Tensor(.float32, rows: rows, columns: outputs)
            try layer.run(
                Tensor(values, as: implementation.element, columns: 64).all,
                into: alone.all
            )
            let expected = alone.values
            let workers = WorkerThreads(count: 3, name: "team")
            let together = try await workers.runTogether { team in
                let output = Tensor(.float32, rows: rows, columns: outputs)
                let input = Tensor(values, as: implementation.element, columns: 64)
                try layer.run(input.all, into: output.all, by: team)
                return output.values
            }
            for (value, wanted) in zip(together, expected) { #expect(abs(value - wanted) < 1e-4) }
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
        _ implementation: Implementation,
        _ activation: Activation,
        accumulates: Bool,
        output outputElement: ElementType = .float32
    ) throws {
        let element = implementation.element
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
            output: outputElement,
            activation: activation,
            accumulates: accumulates,
            engine: implementation.engine
        )
        let output = Tensor(before, as: outputElement, columns: shape.outputs)
        // A bfloat16 has 8 bits.
        let tolerance = outputElement == .float32 ? 2e-5 : 1.0 / 256
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
                #expect(abs(Double(results[place]) - expected) < tolerance * max(1, abs(expected)))
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
