import CMekikiKernels
import Testing

@testable import MekikiModels

@Suite("Weights of a resize")
struct ResizeAxisTests {
    private static let filters = ResizeFilter.allCases.filter { $0 != .nearest }

    @Test("The weights of every output sum to one", arguments: filters)
    func weightsSumToOne(_ filter: ResizeFilter) {
        for (source, target) in [(1, 1), (1, 9), (100, 7), (7, 100), (224, 223), (30_000, 2)] {
            let axis = ResizeAxis(
                source: source,
                target: target,
                window: 0..<target,
                filter: filter
            )
            for output in 0..<target {
                let row = axis.weights[(output * axis.taps)..<((output + 1) * axis.taps)]
                let sum = row.reduce(0) { $0 + Int($1) }
                // Each weight is rounded by itself.
                let slack = Int(axis.counts[output]) / 2 + 1
                #expect(abs(sum - 1 << MEKIKI_RESIZE_PRECISION) <= slack)
            }
        }
    }

    @Test("Kernels may rely on the layout", arguments: filters)
    func layout(_ filter: ResizeFilter) {
        let axis = ResizeAxis(source: 401, target: 30, window: 4..<22, filter: filter)
        #expect(axis.taps.isMultiple(of: 4))
        #expect(axis.starts.count == 18)
        #expect(axis.counts.count == 18)
        #expect(axis.weights.count == 18 * axis.taps)
        for output in 0..<18 {
            let count = Int(axis.counts[output])
            #expect(count <= axis.taps)
            #expect(Int(axis.starts[output]) + count <= 401)
            let row = axis.weights[(output * axis.taps)..<((output + 1) * axis.taps)]
            #expect(row.dropFirst(count).allSatisfy { $0 == 0 })
        }
    }

    @Test("A window costs no more than its outputs")
    func windowIsBounded() {
        let axis = ResizeAxis(
            source: 30_000,
            target: 6_720_000,
            window: 3_359_888..<3_360_112,
            filter: .bicubic
        )
        #expect(axis.weights.count == 224 * axis.taps)
        #expect(axis.inputs.count < 10)
        #expect(axis.inputs.contains(15_000))
    }
}
