import CMekikiKernels

/// Turns each row into positive numbers that add up to one.
public enum Softmax {
    /// Replaces rows by their softmax.
    ///
    /// - Parameter rows: Shape `[rows, width]`, contiguous float32.
    public static func run(_ rows: TensorSlice) {
        guard rows.columns > 0, let base = rows.floats.baseAddress else { return }
        mekiki_softmax_f32(base, Int64(rows.rows), Int64(rows.columns))
    }
}
