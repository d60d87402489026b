import CMekikiKernels
import MekikiTensor

extension Tensor {
    /// Takes the numbers of another tensor of the same extents, at this tensor's precision.
    ///
    /// - Parameters:
    ///   - source: The other tensor, of either element type.
    ///   - team: The threads that share the rows.
    func convert(_ source: Tensor, by team: ThreadTeam = .alone) {
        precondition(
            source.rows == rows && source.columns == columns,
            "A conversion keeps the extents."
        )
        guard rows > 0 else { return }
        let blocks = rows.divided(into: 2 * team.size)
        team.forEach(blocks.count) { block, _ in
            for row in blocks[block] {
                let from = source.rows(row..<row + 1).pointer
                let to = self.rows(row..<row + 1).pointer
                switch (source.element, self.element) {
                case (.bfloat16, .float32):
                    let floats = to.assumingMemoryBound(to: Float.self)
                    mekiki_convert_bf16_f32(from, floats, Int64(self.columns))
                case (.float32, .bfloat16):
                    let halves = to.assumingMemoryBound(to: UInt16.self)
                    mekiki_convert_f32_bf16(from, halves, Int64(self.columns))
                default:
                    to.copyMemory(from: from, byteCount: self.columns * self.element.byteCount)
                }
            }
        }
    }
}
