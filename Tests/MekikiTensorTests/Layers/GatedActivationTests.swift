import Foundation
import MekikiTensor
import Testing

@Suite struct GatedActivationTests {
    private func exact(_ x: Double, _ activation: GatedActivation) -> Double {
        switch activation {
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .geluTanh:
            0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .silu: x / (1 + exp(-x))
        }
    }

    @Test(arguments: GatedActivation.allCases, ElementType.allCases)
    func halvesAreMultiplied(_ activation: GatedActivation, _ element: ElementType) {
        var random = RandomNumbers(seed: 5)
        let width = 37
        let input = Tensor(
            random.floats(5 * 2 * width, within: -6...6),
            as: element,
            columns: 2 * width
        )
        let values = input.values
        for team in [1, 2] {
            for result in ElementType.allCases {
                let output = Tensor(result, rows: 5, columns: width)
                activation.run(input.all, into: output.all, by: ThreadTeam(size: team))
                let found = output.values
                for row in 0..<5 {
                    for column in 0..<width {
                        let x = Double(values[row * 2 * width + column])
                        let gate = Double(values[(row * 2 + 1) * width + column])
                        let wanted = exact(x, activation) * gate
                        let bound = result == .float32 ? 1e-4 : 0.005 * max(1, abs(wanted))
                        #expect(abs(Double(found[row * width + column]) - wanted) < bound)
                    }
                }
            }
        }
    }

    @Test func largeNumbersStayFinite() {
        let input = Tensor([1e4, -1e4, 1, 1], columns: 4)
        for activation in GatedActivation.allCases {
            let output = Tensor(.float32, rows: 1, columns: 2)
            activation.run(input.all, into: output.all)
            #expect(output.values[0] == 1e4)
            #expect(abs(output.values[1]) < 1e-30)
        }
    }
}
