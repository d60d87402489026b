extension Int {
    /// Divides the numbers below this one into ranges that differ in length by one at most.
    ///
    /// - Parameter parts: How many ranges are wanted.
    /// - Returns: That many ranges in order, fewer where they would be empty.
    package func divided(into parts: Int) -> [Range<Int>] {
        let parts = Swift.max(1, Swift.min(parts, self))
        return (0..<parts).map { self * $0 / parts..<self * ($0 + 1) / parts }
    }
}
