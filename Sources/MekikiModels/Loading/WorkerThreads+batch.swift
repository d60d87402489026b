import MekikiCore
import MekikiTensor

extension WorkerThreads {
    /// Divides a batch among the threads and gathers the outputs in order.
    ///
    /// - Parameters:
    ///   - inputs: What to work on.
    ///   - lengths: The rows of each input.
    ///   - work: Gives one output for each of some inputs, with the team that shares them.
    /// - Returns: The outputs in the order of their inputs.
    /// - Throws: The first error that a call threw.
    func mapBatch<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        lengths: [Int],
        _ work: @escaping @Sendable ([Input], ThreadTeam) throws -> [Output]
    ) async throws -> [Output] {
        let division = BatchDivision(lengths: lengths, threads: count)
        var outputs: [Output] = []
        outputs.reserveCapacity(inputs.count)
        try await withThrowingTaskGroup(of: (Int, [Output]).self) { group in
            for (index, pieces) in division.apart.enumerated() {
                let inputs = pieces.map { Array(inputs[$0]) }
                group.addTask {
                    (index, try await self.run { try inputs.flatMap { try work($0, .alone) } })
                }
            }
            var parts = [[Output]](repeating: [], count: division.apart.count)
            for try await (index, outputs) in group { parts[index] = outputs }
            outputs += parts.joined()
        }
        for piece in division.together {
            let inputs = Array(inputs[piece])
            outputs += try await runTogether { try work(inputs, $0) }
        }
        return outputs
    }
}
