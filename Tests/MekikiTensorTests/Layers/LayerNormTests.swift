import MekikiTensor
import Testing

@Suite struct LayerNormTests {
    @Test(arguments: [1, 3, 16, 33, 100])
    func rowsEqualTheDefinition(_ width: Int) {
        var random = RandomNumbers(seed: 9)
        let input = random.floats(4 * width, within: 2...9)
        let scale = random.floats(width)
        let shift = random.floats(width)
        let norm = LayerNorm(scale: scale, shift: shift, epsilon: 1e-3)
        let output = Tensor(.float32, rows: 4, columns: width)
        norm.run(Tensor(input, columns: width).all, into: output.all)
        let rounded = Tensor(.bfloat16, rows: 4, columns: width)
        norm.run(Tensor(input, columns: width).all, into: rounded.all)
        for row in 0..<4 {
            let values = input[row * width..<(row + 1) * width].map(Double.init)
            let mean = values.reduce(0, +) / Double(width)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for (column, value) in values.enumerated() {
                let expected =
                    (value - mean) / (variance + 1e-3).squareRoot() * Double(scale[column])
                    + Double(shift[column])
                let place = row * width + column
                #expect(abs(Double(output.values[place]) - expected) < 1e-5)
                #expect(abs(Double(rounded.values[place]) - expected) < 0.02)
            }
        }
    }

    @Test func outputMayBeTheInput() {
        var random = RandomNumbers(seed: 10)
        let tensor = Tensor(random.floats(60), columns: 20)
        let norm = LayerNorm(
            scale: random.floats(20),
            shift: random.floats(20),
            epsilon: 1e-5
        )
        let output = Tensor(.float32, rows: 3, columns: 20)
        norm.run(tensor.all, into: output.all)
        norm.run(tensor.all, into: tensor.all)
        #expect(tensor.values == output.values)
    }

    @Test func aConstantRowBecomesTheShift() {
        let norm = LayerNorm(scale: [3, 3], shift: [0.5, -0.5], epsilon: 1e-5)
        let tensor = Tensor([7, 7], columns: 2)
        norm.run(tensor.all, into: tensor.all)
        #expect(tensor.values == [0.5, -0.5])
    }
}
