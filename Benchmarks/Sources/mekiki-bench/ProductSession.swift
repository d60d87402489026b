import ArgumentParser
import MekikiCore
import MekikiTensor

/// Matrix products through Mekiki's linear layer, in one thread.
///
/// `run ROWS INPUTS OUTPUTS SECONDS` answers with the floating-point operations done.
struct ProductSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "product")

    @Option(help: "float32 or bfloat16.")
    var precision = "float32"

    func run() async throws {
        guard let element = ElementType(rawValue: precision) else {
            throw ValidationError("“\(precision)” is no element type.")
        }
        let workers = WorkerThreads(count: 1, name: "mekiki bench")
        await Session.serve { words in
            let numbers = words.dropFirst().compactMap(Double.init)
            guard numbers.count == 4 else {
                throw ValidationError("run ROWS INPUTS OUTPUTS SECONDS")
            }
            let shape = numbers.prefix(3).map { Int($0) }
            let seconds = numbers[3]
            return try await workers.run {
                try measure(element, rows: shape[0], shape[1], shape[2], seconds)
            }
        }
    }

    private func measure(
        _ element: ElementType,
        rows: Int,
        _ inputs: Int,
        _ outputs: Int,
        _ seconds: Double
    ) throws -> Answer {
        let weights = noise(inputs * outputs)
        let layer = try weights.withUnsafeBufferPointer {
            try Linear(
                weights: WeightMatrix($0, columns: inputs),
                computing: element,
                output: element
            )
        }
        // Spaced as the models' own rows are.
        let close = Tensor(noise(rows * inputs), as: element, columns: inputs)
        let input = Tensor(element)
        input.reshape(rows: rows, columns: inputs, isSpaced: true)
        for row in 0..<rows { input.rows(row..<row + 1).copy(from: close.rows(row..<row + 1)) }
        let output = Tensor(element, rows: rows, columns: outputs)
        for _ in 0..<3 { try layer.run(input.all, into: output.all) }
        let watch = Stopwatch()
        var count = 0
        repeat {
            try layer.run(input.all, into: output.all)
            count += 1
        } while watch.wall < seconds
        return watch.answer(items: count * 2 * rows * inputs * outputs)
    }

    /// Numbers between -1 and 1, always the same.
    private func noise(_ count: Int) -> [Float] {
        var state: UInt32 = 1
        return (0..<count)
            .map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return Float(state >> 8) / Float(1 << 23) - 1
            }
    }
}
