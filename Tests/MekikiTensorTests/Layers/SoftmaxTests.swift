import Foundation
import MekikiTensor
import Testing

@Suite struct SoftmaxTests {
    @Test(arguments: [1, 2, 15, 16, 40])
    func rowsEqualTheDefinition(_ width: Int) {
        var random = RandomNumbers(seed: 11)
        let values = random.floats(3 * width, within: -30...30)
        let tensor = Tensor(values, columns: width)
        Softmax.run(tensor.all)
        for row in 0..<3 {
            let inputs = values[row * width..<(row + 1) * width].map(Double.init)
            let largest = inputs.max() ?? 0
            let sum = inputs.reduce(0) { $0 + exp($1 - largest) }
            for (column, input) in inputs.enumerated() {
                let expected = exp(input - largest) / sum
                #expect(abs(Double(tensor.values[row * width + column]) - expected) < 1e-6)
            }
        }
    }

    @Test func hugeInputsDoNotOverflow() {
        let tensor = Tensor([1e30, 0, -1e30], columns: 3)
        Softmax.run(tensor.all)
        #expect(tensor.values[0] == 1)
        #expect(tensor.values[1] < 1e-30 && tensor.values[2] < 1e-30)
    }
}
