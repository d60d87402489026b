import CMekikiKernels

extension CodeSpace {
    /// The vectors of a block.
    static let blockCount = Int(MEKIKI_CODE_BLOCK)

    /// The 64-bit words of a block: the codes, and four 16-bit numbers a vector.
    static func blockWords(dimension: Int) -> Int {
        ((dimension + 63) / 64 + 1) * blockCount
    }

    /// Writes the codes of vectors in the layout of `mekiki_code_scan`.
    ///
    /// - Parameters:
    ///   - rows: Half-precision vectors, shape `[count, stride]`, finite.
    ///   - count: How many.
    ///   - stride: Elements from one row's start to the next.
    ///   - blocks: Room for whole blocks, which are all written; what is behind the last vector
    ///     becomes zero.
    /// - Complexity: O(`count` * `dimension` * log `dimension`).
    func encode(
        _ rows: UnsafePointer<UInt16>,
        count: Int,
        stride: Int,
        into blocks: UnsafeMutablePointer<UInt64>
    ) {
        let padded = rotation.paddedDimension
        let blockWords = (wordCount + 1) * Self.blockCount
        var scratch = [Float](repeating: 0, count: 17 * padded)
        centre.withUnsafeBufferPointer { centre in
            rotation.withSigns { signs, turns in
                var making = mekiki_code_making_t(
                    dimension: centre.count,
                    padded: padded,
                    centre: centre.baseAddress,
                    turns: turns,
                    signs: signs,
                    rounding: CodeQuery.usualRounding
                )
                for first in Swift.stride(from: 0, to: count, by: Self.blockCount) {
                    mekiki_code_encode(
                        &making,
                        rows + first * stride,
                        min(Self.blockCount, count - first),
                        stride,
                        &scratch,
                        blocks + first / Self.blockCount * blockWords
                    )
                }
            }
        }
    }
}
