import CMekikiKernels

/// The weights of one axis of a resize, for a window of its outputs.
struct ResizeAxis: Sendable {
    /// The first input of each output.
    private(set) var starts: [Int32] = []

    /// How many inputs each output takes.
    private(set) var counts: [Int32] = []

    /// Fixed-point weights, shape `[outputs, taps]`.
    private(set) var weights: [Int32]

    /// The length of a row of `weights`, a multiple of 4.
    let taps: Int

    /// Computes weights as Pillow does: the filter widens with the reduction, weights are normalised
    /// in double precision and then rounded to `MEKIKI_RESIZE_PRECISION` fractional bits.
    ///
    /// - Parameters:
    ///   - source: Inputs along the axis.
    ///   - target: Outputs along the axis.
    ///   - window: The outputs that are wanted; the cost depends on them alone.
    ///   - filter: The filter; not `nearest`, which weighs nothing.
    init(source: Int, target: Int, window: Range<Int>, filter: ResizeFilter) {
        precondition(filter != .nearest, "The nearest pixel is picked, not weighed.")
        let scale = Double(source) / Double(target)
        let widening = max(scale, 1)
        let support = filter.support * widening
        taps = (Int(support.rounded(.up)) * 2 + 1 + 3) / 4 * 4
        weights = Array(repeating: 0, count: window.count * taps)
        starts.reserveCapacity(window.count)
        counts.reserveCapacity(window.count)
        let step = 1 / widening
        var row = [Double](repeating: 0, count: taps)
        for (index, output) in window.enumerated() {
            let centre = (Double(output) + 0.5) * scale
            let start = max(0, Int(centre - support + 0.5))
            let count = min(source, Int(centre + support + 0.5)) - start
            var sum = 0.0
            for tap in 0..<count {
                row[tap] = filter.weight(at: (Double(tap + start) - centre + 0.5) * step)
                sum += row[tap]
            }
            for tap in 0..<count {
                let weight = sum == 0 ? row[tap] : row[tap] / sum
                weights[index * taps + tap] = Self.fixed(weight)
            }
            starts.append(Int32(start))
            counts.append(Int32(count))
        }
    }

    /// The inputs that the window needs.
    var inputs: Range<Int> {
        guard let first = starts.first, let last = starts.last, let count = counts.last
        else { return 0..<0 }
        return Int(first)..<Int(last + count)
    }

    /// The same weights for a source that begins with the first input that the window needs.
    func shifted() -> ResizeAxis {
        var axis = self
        let first = Int32(inputs.lowerBound)
        for index in starts.indices { axis.starts[index] -= first }
        return axis
    }

    /// Rounds half away from zero.
    private static func fixed(_ weight: Double) -> Int32 {
        let scaled = weight * Double(1 << MEKIKI_RESIZE_PRECISION)
        return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    }
}
