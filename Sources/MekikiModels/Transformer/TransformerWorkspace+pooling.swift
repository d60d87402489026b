extension TransformerWorkspace {
    /// Copies each sequence's first row of `residual` into `pooled`, and of `normalized` into
    /// `pooledNormalized`.
    func takeFirstTokens(of sequences: [Range<Int>]) {
        let width = residual.columns
        pooled.reshape(rows: sequences.count, columns: width)
        pooledNormalized.reshape(rows: sequences.count, columns: width)
        for (index, sequence) in sequences.enumerated() {
            let row = sequence.lowerBound..<sequence.lowerBound + 1
            pooled.rows(index..<index + 1).copy(from: residual.rows(row))
            pooledNormalized.rows(index..<index + 1).copy(from: normalized.rows(row))
        }
    }

    /// Writes the mean of each sequence's rows of `residual` into `pooled`.
    func takeMeans(of sequences: [Range<Int>]) {
        let width = residual.columns
        pooled.reshape(rows: sequences.count, columns: width)
        for (index, sequence) in sequences.enumerated() {
            let rows = residual.rows(sequence).floats
            let mean = pooled.rows(index..<index + 1).floats
            mean.update(repeating: 0)
            for row in 0..<sequence.count {
                for column in 0..<width { mean[column] += rows[row * width + column] }
            }
            let share = 1 / Float(sequence.count)
            for column in 0..<width { mean[column] *= share }
        }
    }
}
