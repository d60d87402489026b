import CMekikiKernels
import Dispatch
import MekikiCore
import Synchronization

/// One search of a matrix: the tail row by row, then codes for candidates, then the candidates.
struct NearestSearch: Sendable {
    private let matrix: VectorMatrix
    private let query: [Float]
    private let wanted: Int
    private let admission: Admission

    /// Parts that are looked at in one go; a fixed number, so that threads don't change what is found.
    private static let partsPerScan = 16

    /// Candidates that are compared before the next bound is looked at.
    private static let batchCount = 32

    /// Fewer blocks of the tail than this a thread are not worth waking a thread for: 8,192 rows take
    /// half a millisecond.
    private static let blocksPerThread = 8

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - matrix: The rows.
    ///   - query: Shape `[dimension]`.
    ///   - wanted: How many neighbours are wanted; not more than take part.
    ///   - admission: The rows that take part.
    init(_ matrix: VectorMatrix, _ query: [Float], _ wanted: Int, _ admission: Admission) {
        self.matrix = matrix
        self.query = query
        self.wanted = wanted
        self.admission = admission
    }

    /// The nearest rows.
    ///
    /// - Parameters:
    ///   - threads: How many threads may work on it; conditions are asked on one alone.
    ///   - isIncluded: A further condition for rows.
    /// - Returns: The neighbours.
    /// - Throws: ``DamagedPart`` when a sealed row isn't what was sealed.
    func best(
        threads: Int,
        where isIncluded: ((ImageID) -> Bool)? = nil
    ) throws(DamagedPart) -> NearestHeap {
        if let few = admission.few { return try best(of: few) }
        var heap = bestOfTail(threads: isIncluded == nil ? threads : 1, where: isIncluded)
        guard !matrix.parts.isEmpty else { return heap }
        let candidates = candidates(above: heap.threshold, threads: threads, where: isIncluded)
        try compare(candidates, &heap)
        return heap
    }

    /// Compares images that were named.
    private func best(of few: [ImageID]) throws(DamagedPart) -> NearestHeap {
        var heap = NearestHeap(capacity: wanted)
        for id in few {
            if let damaged = matrix.damagedPart(of: id) { throw damaged }
            let score = matrix.withRow(of: id) { row -> Float in
                var score: Float = 0
                if let start = row.baseAddress {
                    mekiki_dot_f16(query, start, 1, row.count, row.count, &score)
                }
                return score
            }
            if let score { heap.offer(NearestResult.Neighbor(id: id, cosine: score)) }
        }
        return heap
    }

    private func bestOfTail(
        threads: Int,
        where isIncluded: ((ImageID) -> Bool)?
    ) -> NearestHeap {
        let blocks = matrix.blocks
        let shares = max(1, min(threads, blocks.count / Self.blocksPerThread))
        guard shares > 1 else { return best(in: blocks[...], where: isIncluded) }
        let merged = Mutex(NearestHeap(capacity: wanted))
        DispatchQueue.concurrentPerform(iterations: shares) { share in
            let range = blocks.count * share / shares..<blocks.count * (share + 1) / shares
            let heap = best(in: blocks[range], where: nil)
            merged.withLock { $0.merge(heap) }
        }
        return merged.withLock { $0 }
    }

    private func best(
        in blocks: ArraySlice<VectorBlock>,
        where isIncluded: ((ImageID) -> Bool)?
    ) -> NearestHeap {
        var heap = NearestHeap(capacity: wanted)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: VectorBlock.capacity) { scores in
            guard let results = scores.baseAddress else { return }
            for block in blocks {
                block.score(query, into: results)
                for row in 0..<block.count where scores[row] >= heap.threshold {
                    let id = block.ids[row]
                    if block.isHidden[row] || !admission.admits(id) { continue }
                    if let isIncluded, !isIncluded(id) { continue }
                    heap.offer(NearestResult.Neighbor(id: id, cosine: scores[row]))
                }
            }
        }
        return heap
    }

    /// The sealed rows that may be among the nearest.
    private func candidates(
        above floor: Float,
        threads: Int,
        where isIncluded: ((ImageID) -> Bool)?
    ) -> [Candidate] {
        let scan = CandidateScan(
            matrix: matrix,
            query: query,
            wanted: wanted,
            admission: admission,
            floor: floor
        )
        let count = matrix.parts.count
        let scanCount = (count + Self.partsPerScan - 1) / Self.partsPerScan
        @Sendable func range(_ place: Int) -> Range<Int> {
            place * Self.partsPerScan..<min(count, (place + 1) * Self.partsPerScan)
        }
        guard threads > 1, scanCount > 1, isIncluded == nil else {
            return (0..<scanCount).flatMap {
                scan.candidates(in: range($0), where: isIncluded).candidates
            }
        }
        let results = Mutex([[Candidate]](repeating: [], count: scanCount))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, scanCount)) { _ in
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < scanCount else { return }
                let found = scan.candidates(in: range(place), where: nil).candidates
                results.withLock { $0[place] = found }
            }
        }
        return results.withLock { $0.flatMap { $0 } }
    }

    /// Compares candidates, the most promising first, until none can be among the nearest any more.
    private func compare(
        _ candidates: [Candidate],
        _ heap: inout NearestHeap
    ) throws(DamagedPart) {
        var queue = CandidateQueue(candidates)
        var batch: [Candidate] = []
        var rows: [UnsafePointer<UInt16>?] = []
        var scores = [Float](repeating: 0, count: Self.batchCount)
        while true {
            batch.removeAll(keepingCapacity: true)
            rows.removeAll(keepingCapacity: true)
            while batch.count < Self.batchCount, let place = queue.first,
                candidates[place].upper >= heap.threshold
            {
                queue.removeFirst()
                let candidate = candidates[place]
                let vectors = matrix.parts[Int(candidate.part)].vectors
                batch.append(candidate)
                rows.append(vectors.rows + Int(candidate.row) * vectors.layout.stride)
            }
            if batch.isEmpty { return }
            mekiki_dot_f16_each(query, rows, rows.count, matrix.dimension, &scores)
            for (candidate, score) in zip(batch, scores) {
                let vectors = matrix.parts[Int(candidate.part)].vectors
                guard vectors.isIntact(Int(candidate.row)) else {
                    throw DamagedPart(vectors: vectors)
                }
                let id = ImageID(rawValue: vectors.ids[Int(candidate.row)])
                heap.offer(NearestResult.Neighbor(id: id, cosine: score))
            }
        }
    }
}
