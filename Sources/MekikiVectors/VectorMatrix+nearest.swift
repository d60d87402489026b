import Dispatch
import MekikiCore
import Synchronization

extension VectorMatrix {
    /// Fewer blocks than this a thread are not worth waking a thread for: 8,192 rows take about a
    /// millisecond.
    private static let blocksPerThread = 8

    /// The images whose rows have the greatest inner product with a query.
    ///
    /// The search is exact up to float32's rounding, and the outcome is the same on any number of
    /// threads. It keeps processors busy: don't call it on Swift's cooperative threads when the
    /// matrix is large.
    ///
    /// - Parameters:
    ///   - query: A finite vector; another dimension than the matrix's is a programmer's mistake
    ///     and traps.
    ///   - request: How many, from which place on, without which images.
    ///   - threads: How many threads may work on it, the calling one included; 1 or more.
    /// - Returns: The neighbours, nearest first, equals in the order of their ids, and how many
    ///   rows took part.
    /// - Complexity: O(`count` * `dimension`).
    public func nearest(
        to query: Embedding,
        _ request: NearestRequest,
        threads: Int = 1
    ) -> NearestResult {
        precondition(query.dimension == dimension, "A query has the dimension of its matrix.")
        precondition(threads > 0, "A search needs a thread.")
        precondition(request.limit >= 0 && request.offset >= 0, "Counts can't be negative.")
        let total = participantCount(request)
        guard request.offset < total, request.limit > 0 else {
            return NearestResult(neighbors: [], total: total)
        }
        let wanted = request.offset + min(request.limit, total - request.offset)
        let best = best(wanted, for: query.values, request, threads: threads)
        return NearestResult(neighbors: Array(best.sorted()[request.offset...]), total: total)
    }

    /// How many images can be found at all.
    private func participantCount(_ request: NearestRequest) -> Int {
        guard let included = request.included else {
            return visibleCount - request.excluded.count(where: isVisible)
        }
        return included.ids.count { isVisible($0) && !request.excluded.contains($0) }
    }

    private func best(
        _ wanted: Int,
        for query: [Float],
        _ request: NearestRequest,
        threads: Int
    ) -> NearestHeap {
        let parts = max(1, min(threads, blocks.count / Self.blocksPerThread))
        guard parts > 1 else {
            return best(wanted, for: query, request, in: blocks[...])
        }
        let merged = Mutex(NearestHeap(capacity: wanted))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = blocks.count * part / parts..<blocks.count * (part + 1) / parts
            let heap = best(wanted, for: query, request, in: blocks[range])
            merged.withLock { $0.merge(heap) }
        }
        return merged.withLock { $0 }
    }

    private func best(
        _ wanted: Int,
        for query: [Float],
        _ request: NearestRequest,
        in blocks: ArraySlice<VectorBlock>
    ) -> NearestHeap {
        var heap = NearestHeap(capacity: wanted)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: VectorBlock.capacity) { scores in
            guard let results = scores.baseAddress else { return }
            for block in blocks {
                block.score(query, into: results)
                for row in 0..<block.count where scores[row] >= heap.threshold {
                    let id = block.ids[row]
                    if block.isHidden[row] || request.excluded.contains(id) { continue }
                    if request.included?.contains(id) == false { continue }
                    heap.offer(NearestResult.Neighbor(id: id, cosine: scores[row]))
                }
            }
        }
        return heap
    }

    /// The nearest visible rows that a condition lets through.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the matrix's dimension.
    ///   - limit: How many are wanted.
    ///   - isIncluded: Whether a row takes part; it is asked for rows that are near enough only.
    /// - Returns: The neighbours, nearest first; equals in the order of their numbers.
    /// - Complexity: O(n) in the number of rows.
    public func nearest(
        to query: Embedding,
        limit: Int,
        where isIncluded: (ImageID) -> Bool
    ) -> [NearestResult.Neighbor] {
        precondition(query.dimension == dimension, "A query has the dimension of its matrix.")
        var heap = NearestHeap(capacity: limit)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: VectorBlock.capacity) { scores in
            guard let results = scores.baseAddress else { return }
            for block in blocks {
                block.score(query.values, into: results)
                for row in 0..<block.count
                where scores[row] >= heap.threshold && !block.isHidden[row]
                    && isIncluded(block.ids[row])
                {
                    heap.offer(NearestResult.Neighbor(id: block.ids[row], cosine: scores[row]))
                }
            }
        }
        return heap.sorted()
    }
}
