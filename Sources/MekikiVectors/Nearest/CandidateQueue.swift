/// Candidates by their upper bounds, the greatest first; equals in the order in which they came.
///
/// A heap, because only the first few hundred of some ten thousand are ever asked for.
struct CandidateQueue {
    /// The bound's bits, made to compare as whole numbers, above the candidate's place upside down.
    private var keys: [UInt64]

    /// Puts candidates in order.
    ///
    /// - Parameter candidates: Below 2^32 of them.
    /// - Complexity: O(n).
    init(_ candidates: [Candidate]) {
        keys = candidates.enumerated().map { place, candidate in
            UInt64(Self.ordered(candidate.upper)) << 32 | UInt64(UInt32.max - UInt32(place))
        }
        for parent in stride(from: keys.count / 2 - 1, through: 0, by: -1) { siftDown(parent) }
    }

    /// The place of the first candidate; `nil` when none is left.
    var first: Int? { keys.first.map { Int(UInt32.max - UInt32(truncatingIfNeeded: $0)) } }

    /// Takes the first candidate out.
    ///
    /// - Complexity: O(log n).
    mutating func removeFirst() {
        guard let last = keys.popLast(), !keys.isEmpty else { return }
        keys[0] = last
        siftDown(0)
    }

    private mutating func siftDown(_ start: Int) {
        keys.withUnsafeMutableBufferPointer { keys in
            let moved = keys[start]
            var parent = start
            while true {
                var child = 2 * parent + 1
                guard child < keys.count else { break }
                if child + 1 < keys.count, keys[child + 1] > keys[child] { child += 1 }
                guard keys[child] > moved else { break }
                keys[parent] = keys[child]
                parent = child
            }
            keys[parent] = moved
        }
    }

    /// Numbers that order as the floats do: a negative one's bits are turned, a positive one's first.
    private static func ordered(_ value: Float) -> UInt32 {
        let bits = value.bitPattern
        return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    }
}
