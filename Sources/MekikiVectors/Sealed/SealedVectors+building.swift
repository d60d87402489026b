import CMekikiKernels
import MekikiCore

extension SealedVectors {
    /// Seals vectors in memory.
    ///
    /// - Parameters:
    ///   - ids: The images' numbers, ascending, none twice; one or more.
    ///   - dimension: Components of each row.
    ///   - earlier: The centre of other vectors of the same kind, which is used again where it fits.
    ///   - row: The half-precision components of the image at a place of `ids`.
    /// - Returns: The sealed vectors.
    /// - Complexity: O(n * `dimension` * log `dimension`).
    static func sealed(
        _ ids: [ImageID],
        dimension: Int,
        like earlier: CodeSpace?,
        row: (Int) -> UnsafeBufferPointer<UInt16>
    ) -> SealedVectors {
        let layout = SealedLayout(count: ids.count, dimension: dimension)
        let memory = AllocatedMemory(size: layout.size)
        let start = memory.start
        let rows = (start + layout.rowsOffset)
            .bindMemory(to: UInt16.self, capacity: layout.count * layout.stride)
        let numbers = (start + layout.idsOffset)
            .bindMemory(to: Int64.self, capacity: layout.count)
        let sums = (start + layout.sumsOffset)
            .bindMemory(to: UInt64.self, capacity: layout.count)
        for (place, id) in ids.enumerated() {
            let target = rows + place * layout.stride
            if let source = row(place).baseAddress { target.update(from: source, count: dimension) }
            numbers[place] = id.rawValue
            sums[place] = sum(of: target, layout.stride)
        }
        let space = codeSpace(of: rows, layout, like: earlier)
        let centre = (start + layout.centreOffset)
            .bindMemory(to: Float.self, capacity: dimension)
        for i in 0..<dimension { centre[i] = space.centre[i] }
        let codes = (start + layout.codesOffset)
            .bindMemory(to: UInt64.self, capacity: (layout.codesEnd - layout.codesOffset) / 8)
        space.encode(rows, count: layout.count, stride: layout.stride, into: codes)
        SealedHeader(layout).write(to: memory)
        return SealedVectors(memory, layout, space)
    }

    /// The earlier centre where the rows are near enough to it, and otherwise their own mean.
    private static func codeSpace(
        of rows: UnsafePointer<UInt16>,
        _ layout: SealedLayout,
        like earlier: CodeSpace?
    ) -> CodeSpace {
        var mean = [Float](repeating: 0, count: layout.dimension)
        var values = mean
        var squares: Float = 0
        mean.withUnsafeMutableBufferPointer { mean in
            values.withUnsafeMutableBufferPointer { values in
                guard let total = mean.baseAddress, let own = values.baseAddress else { return }
                for place in 0..<layout.count {
                    let row = rows + place * layout.stride
                    var square: Float = 0
                    mekiki_f32_from_f16(row, own, layout.dimension)
                    mekiki_dot_f16(own, row, 1, layout.dimension, layout.stride, &square)
                    squares += square
                    for i in 0..<layout.dimension { total[i] += own[i] }
                }
            }
        }
        let scale = 1 / Float(layout.count)
        for i in mean.indices { mean[i] *= scale }
        let spread = max(0, squares * scale - CodeSpace.product(mean, mean))
        if let earlier, earlier.fits(mean: mean, spread: spread) { return earlier }
        return CodeSpace(centre: mean)
    }
}
