/// How a square picture becomes tokens.
struct PatchGrid: Sendable, Equatable {
    /// The side of the picture, in pixels.
    var imageSize: Int
    /// The side of the square patches, in pixels.
    var patchSize: Int
    /// Whether a token that stands for no patch comes first.
    var hasClassToken = true

    /// Patches along one side; pixels beyond the last whole patch are not seen.
    var patchesPerSide: Int { imageSize / patchSize }
    /// The patches of a picture.
    var patches: Int { patchesPerSide * patchesPerSide }
    /// Tokens before the first patch.
    var leadingTokens: Int { hasClassToken ? 1 : 0 }
    /// All tokens of a picture.
    var tokens: Int { leadingTokens + patches }
    /// Numbers in one patch.
    var patchElements: Int { 3 * patchSize * patchSize }
}

extension PatchGrid {
    /// Two pictures of nothing in particular, to see whether weights tell them apart.
    var selfTestInputs: [[Float]] {
        let half = max(1, patchSize / 2)
        var ramp: [Float] = []
        var board: [Float] = []
        for channel in 0..<3 {
            for row in 0..<imageSize {
                for column in 0..<imageSize {
                    ramp.append(Float(column + channel * row) / Float(imageSize) - 1)
                    board.append((row / half + column / half).isMultiple(of: 2) ? 1.5 : -1.5)
                }
            }
        }
        return [ramp, board]
    }
}
