import MekikiCore

extension WorkerThreads {
    /// Divides inputs among the threads, a few at a time, and gathers the outputs in order.
    ///
    /// - Parameters:
    ///   - inputs: What to work on.
    ///   - largest: The most inputs that one call of `work` gets, which bounds its memory.
    ///   - work: Gives one output for each input.
    /// - Returns: The outputs in the order of their inputs.
    /// - Throws: The first error that a call threw.
    func mapChunks<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        largest: Int,
        _ work: @escaping @Sendable ([Input]) throws -> [Output]
    ) async throws -> [Output] {
        guard !inputs.isEmpty else { return [] }
        let size = min(largest, (inputs.count + count - 1) / count)
        let starts = Array(stride(from: 0, to: inputs.count, by: size))
        if starts.count == 1 { return try await run { try work(inputs) } }
        return try await withThrowingTaskGroup(of: (Int, [Output]).self) { group in
            for (index, start) in starts.enumerated() {
                let chunk = Array(inputs[start..<min(start + size, inputs.count)])
                group.addTask { (index, try await self.run { try work(chunk) }) }
            }
            var parts = [[Output]](repeating: [], count: starts.count)
            for try await (index, outputs) in group { parts[index] = outputs }
            return parts.flatMap { $0 }
        }
    }
}
