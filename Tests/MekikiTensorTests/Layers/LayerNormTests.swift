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

    @Test(arguments: ElementType.allCases)
    func theCopyHasTheSameNumbers(_ element: ElementType) {
        var random = RandomNumbers(seed: 11)
        let input = random.floats(7 * 20)
        let norm = LayerNorm(
            scale: random.floats(20),
            shift: random.floats(20),
            epsilon: 1e-5
        )
        let expected = Tensor(.float32, rows: 7, columns: 20)
        norm.run(Tensor(input, columns: 20).all, into: expected.all)
        for team in [1, 3] {
            let rows = Tensor(input, columns: 20)
            // Wider than the rows, so that they lie apart.
            let copy = Tensor(element, rows: 7, columns: 24)
            norm.run(
                inPlace: rows.all,
                copying: copy.slice(rows: 0..<7, columns: 0..<20),
                by: ThreadTeam(size: team)
            )
            #expect(rows.values == expected.values)
            for row in 0..<7 {
                let found = copy.values[row * 24..<row * 24 + 20]
                let wanted = expected.values[row * 20..<(row + 1) * 20]
                for (a, b) in zip(found, wanted) {
                    #expect(abs(a - b) <= (element == .float32 ? 0 : 0.02))
                }
                #expect(copy.values[row * 24 + 20..<(row + 1) * 24].allSatisfy { $0 == 0 })
            }
        }
    }

    @Test func aConstantRowBecomesTheShift() {
        let norm = LayerNorm(scale: [3, 3], shift: [0.5, -0.5], epsilon: 1e-5)
        let tensor = Tensor([7, 7], columns: 2)
        norm.run(tensor.all, into: tensor.all)
        #expect(tensor.values == [0.5, -0.5])
    }
}
