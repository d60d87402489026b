import CMekikiKernels
import MekikiCore

/// Looks at the codes of some parts for rows that may be among the nearest.
///
/// Each row's score lies within ``reach`` deviations of its estimate, but for a small share of rows.
/// As many rows as are wanted have scores of at least the greatest lower bounds; a row whose upper
/// bound is below those is passed over.
struct CandidateScan {
    let matrix: VectorMatrix
    let query: [Float]
    let wanted: Int
    let admission: Admission
    /// A score that as many rows as are wanted are known to have.
    let floor: Float

    /// How many deviations a score is reckoned to lie from its estimate at most.
    ///
    /// Estimates err like a normal distribution: 0.6 % of the rows whose score is the very last that
    /// counts are passed over, and hardly any of those above it.
    static let reach: Float = 2.5

    /// Blocks that a kernel looks at before the bound moves.
    private static let blocksPerCall = 32

    /// What numbers of half precision may be off by: 2^-12 of each of two lengths, for queries and
    /// rows of length 1.
    private static let slack: Float = 5e-4

    /// The candidates of a run of parts.
    ///
    /// - Parameters:
    ///   - parts: The parts.
    ///   - isIncluded: A further condition for rows.
    /// - Returns: The candidates, and the score that as many rows as are wanted have but for a small
    ///   probability.
    func candidates(
        in parts: Range<Int>,
        where isIncluded: ((ImageID) -> Bool)?
    ) -> (candidates: [Candidate], bound: Float) {
        var candidates: [Candidate] = []
        var lows = GreatestFloats(capacity: wanted)
        var bound = floor
        var prepared: (space: CodeSpace, query: CodeQuery)?
        for part in parts {
            let vectors = matrix.parts[part].vectors
            let query: CodeQuery
            if let known = prepared, known.space == vectors.space {
                query = known.query
            } else {
                query = vectors.space.query(self.query)
                prepared = (vectors.space, query)
            }
            query.withKernelQuery(reach: Self.reach) { kernelQuery in
                scan(part, kernelQuery, isIncluded, &candidates, &lows, &bound)
            }
        }
        candidates.removeAll { $0.upper < bound }
        return (candidates, bound)
    }

    private func scan(
        _ part: Int,
        _ kernelQuery: UnsafePointer<mekiki_code_query_t>,
        _ isIncluded: ((ImageID) -> Bool)?,
        _ candidates: inout [Candidate],
        _ lows: inout GreatestFloats,
        _ bound: inout Float
    ) {
        let vectors = matrix.parts[part].vectors
        let (codes, ids) = (vectors.codes, vectors.ids)
        let words = vectors.space.wordCount
        let blockWords = CodeSpace.blockWords(dimension: vectors.layout.dimension)
        let room = Self.blocksPerCall * CodeSpace.blockCount + 16
        admission.parts[part].withUnsafeBufferPointer { admitted in
            guard let marks = admitted.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { rows in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: room * 2) { numbers in
                    guard let rowStart = rows.baseAddress, let estimates = numbers.baseAddress
                    else { return }
                    let uppers = estimates + room
                    for first in stride(from: 0, to: admitted.count, by: Self.blocksPerCall) {
                        let found = mekiki_code_scan(
                            codes + first * blockWords,
                            min(Self.blocksPerCall, admitted.count - first),
                            words,
                            kernelQuery,
                            marks + first,
                            bound - Self.slack,
                            rowStart,
                            estimates,
                            uppers
                        )
                        for place in 0..<found {
                            let row = rows[place] + UInt32(first * CodeSpace.blockCount)
                            if let isIncluded, !isIncluded(ImageID(rawValue: ids[Int(row)])) {
                                continue
                            }
                            let upper = uppers[place] + Self.slack
                            candidates.append(
                                Candidate(part: UInt32(part), row: row, upper: upper)
                            )
                            lows.offer(2 * estimates[place] - upper)
                        }
                        bound = max(bound, lows.least)
                    }
                }
            }
        }
    }
}
