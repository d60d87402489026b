import CMekikiKernels
import Foundation

/// Rotary position embedding: queries and keys turn by an angle that grows with their position (Su and
/// others, "RoFormer", 2021).
public struct RotaryEmbedding: Sendable {
    /// Which elements of a head turn together.
    public enum Pairing: Sendable {
        /// Element `p` and element `p + headWidth / 2`, as Llama's descendants have it.
        case halves
        /// Elements `2 p` and `2 p + 1`, as the paper and the EVA models have it.
        case neighbours
    }

    /// The number of positions that have angles.
    public let positions: Int

    /// Elements of one head.
    public let headWidth: Int

    /// Leading tokens of each sequence that are left as they are: class tokens.
    public let leadingTokens: Int

    private let pairing: Pairing
    /// `[positions, columns]`: a pair's angle once for halves, twice for neighbours.
    private let cosines: [Float]
    private let sines: [Float]
    private let columns: Int

    /// Makes the rotations of some positions.
    ///
    /// - Parameters:
    ///   - angles: Each pair's angle in radians, shape `[positions, headWidth / 2]`.
    ///   - headWidth: Elements of one head, an even number.
    ///   - pairing: Which elements turn together.
    ///   - leadingTokens: Leading tokens of each sequence that are left as they are; the first
    ///     position is that of the token after them.
    public init(
        angles: [Float],
        headWidth: Int,
        pairing: Pairing,
        leadingTokens: Int = 0
    ) {
        let pairs = headWidth / 2
        precondition(
            headWidth > 0 && headWidth.isMultiple(of: 2) && angles.count.isMultiple(of: pairs),
            "Angles belong to the pairs of a head."
        )
        precondition(leadingTokens >= 0, "There is no negative number of tokens.")
        self.headWidth = headWidth
        self.pairing = pairing
        self.leadingTokens = leadingTokens
        positions = angles.count / pairs
        switch pairing {
        case .halves:
            columns = pairs
            cosines = angles.map { Float(cos(Double($0))) }
            sines = angles.map { Float(sin(Double($0))) }
        case .neighbours:
            columns = headWidth
            // The first of a pair takes the other one's share with the opposite sign.
            cosines = angles.flatMap { [Float](repeating: Float(cos(Double($0))), count: 2) }
            sines = angles.flatMap { angle in
                let sine = Float(sin(Double(angle)))
                return [-sine, sine]
            }
        }
    }

    /// The angles of positions along a line: position `i` turns pair `p` by
    /// `i * theta ^ (-2 p / headWidth)`.
    ///
    /// - Parameters:
    ///   - positions: How many positions, from 0 on.
    ///   - headWidth: Elements of one head.
    ///   - theta: The base of the wavelengths, 10,000 in the paper.
    /// - Returns: Angles in radians, shape `[positions, headWidth / 2]`.
    public static func angles(positions: Int, headWidth: Int, theta: Double) -> [Float] {
        let frequencies = (0..<headWidth / 2).map { pair in
            Float(pow(theta, -2 * Double(pair) / Double(headWidth)))
        }
        // A product of float32, as the reference has it.
        return (0..<positions).flatMap { position in frequencies.map { Float(position) * $0 } }
    }

    /// Turns the rows of several sequences in place.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence, which begins at the first position; no longer than
    ///     the positions and the leading tokens are.
    ///   - rows: Heads side by side: queries, keys, or both of them next to each other.
    ///   - team: The threads that share the rows.
    public func run(
        _ sequences: [Range<Int>],
        on rows: TensorSlice,
        by team: ThreadTeam = .alone
    ) {
        precondition(rows.columns.isMultiple(of: headWidth), "Rows are whole heads.")
        // Pieces of a sequence, so that one long one keeps nobody waiting.
        var pieces: [(rows: Range<Int>, position: Int)] = []
        for sequence in sequences {
            let turned = sequence.dropFirst(leadingTokens)
            precondition(turned.count <= positions, "Every position has its angles.")
            for start in stride(from: turned.startIndex, to: turned.endIndex, by: Self.pieceRows) {
                let end = min(start + Self.pieceRows, turned.endIndex)
                pieces.append((start..<end, start - turned.startIndex))
            }
        }
        let groups = pieces.count.divided(into: team.size == 1 ? 1 : 4 * team.size)
        team.forEach(pieces.isEmpty ? 0 : groups.count) { unit, _ in
            for piece in pieces[groups[unit]] { turn(piece.rows, from: piece.position, on: rows) }
        }
    }

    private static let pieceRows = 64

    private func turn(_ range: Range<Int>, from position: Int, on rows: TensorSlice) {
        let part = rows.slice(rows: range, columns: 0..<rows.columns)
        cosines.withUnsafeBufferPointer { cosines in
            sines.withUnsafeBufferPointer { sines in
                var rotation = mekiki_rotation_t(
                    values: part.pointer,
                    stride: Int64(part.stride),
                    rows: Int64(part.rows),
                    heads: Int64(part.columns / headWidth),
                    head_width: Int64(headWidth),
                    neighbours: pairing == .neighbours,
                    cosines: cosines.baseAddress.map { $0 + position * columns },
                    sines: sines.baseAddress.map { $0 + position * columns }
                )
                switch part.element {
                case .float32: mekiki_rotate_f32(&rotation)
                case .bfloat16: mekiki_rotate_bf16(&rotation)
                }
            }
        }
    }
}
