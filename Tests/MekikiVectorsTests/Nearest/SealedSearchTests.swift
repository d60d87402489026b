import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiVectors

/// Searches of matrices that are sealed early, against comparing every row.
///
/// The same vectors in a matrix that is never sealed give the truth: its scores come from the same
/// kernel, so they are equal to the bit.
@Suite struct SealedSearchTests {
    enum Kind: CaseIterable { case scattered, around, equal, zero, twins }

    @Test(arguments: [1, 2, 3, 31, 64, 65, 256, 384, 512, 1_152], Kind.allCases)
    func findsWhatComparingAllFinds(_ dimension: Int, _ kind: Kind) throws {
        var random = SplitMix64(seed: UInt64(dimension))
        var (hits, wanted) = (0, 0)
        for count in [0, 1, 40, 300, 5_000 / (dimension > 300 ? 4 : 1)] {
            let (sealed, plain) = Self.matrices(count, dimension, kind, &random)
            #expect(sealed.count == plain.count && sealed.visibleCount == plain.visibleCount)
            for request in Self.requests(count, &random) {
                let query = Embedding(unit: random.unitVector(dimension))
                let found = try sealed.nearest(to: query, request)
                let truth = try plain.nearest(to: query, request)
                #expect(found.total == truth.total)
                #expect(found.neighbors.count == truth.neighbors.count)
                if request.offset + request.limit >= truth.total || kind == .equal || kind == .zero
                {
                    #expect(found == truth, "everything was compared, or is equal")
                }
                guard let last = truth.neighbors.last?.cosine, request.offset == 0 else { continue }
                wanted += truth.neighbors.count
                hits += found.neighbors.count { $0.cosine >= last - 1e-6 }
                for neighbor in found.neighbors {
                    let score = try plain.nearest(
                        to: query,
                        NearestRequest(limit: 1, included: ImageSet([neighbor.id]))
                    )
                    #expect(score.neighbors.first == neighbor, "a score is exact")
                }
            }
        }
        #expect(Double(hits) >= 0.99 * Double(wanted), "\(hits) of \(wanted)")
    }

    @Test(arguments: [2, 3, 8])
    func anyNumberOfThreadsGivesTheSame(_ threads: Int) throws {
        var random = SplitMix64(seed: 8)
        var matrix = VectorMatrix(dimension: 16, sealingCount: 100)
        for number in 0..<8_050 {
            let vector = HalfVector(Embedding(unit: random.unitVector(16)))
            matrix.set(ImageID(rawValue: Int64(number)), vector)
        }
        for limit in [1, 10, 500] {
            let query = Embedding(unit: random.unitVector(16))
            let alone = try matrix.nearest(to: query, NearestRequest(limit: limit))
            let together = try matrix.nearest(
                to: query,
                NearestRequest(limit: limit),
                threads: threads
            )
            #expect(alone == together)
        }
    }

    @Test func aConditionIsKept() throws {
        var random = SplitMix64(seed: 9)
        let (sealed, plain) = Self.matrices(3_000, 64, .around, &random)
        for divisor in [1, 2, 100, 5_000] {
            let query = Embedding(unit: random.unitVector(64))
            let isIncluded: (ImageID) -> Bool = { $0.rawValue.isMultiple(of: Int64(divisor)) }
            let found = try sealed.nearest(to: query, limit: 4_000, where: isIncluded)
            #expect(found == (try plain.nearest(to: query, limit: 4_000, where: isIncluded)))
            #expect(found.allSatisfy { isIncluded($0.id) })
        }
    }

    /// The same rows in both: some set twice, some hidden, some removed.
    private static func matrices(
        _ count: Int,
        _ dimension: Int,
        _ kind: Kind,
        _ random: inout SplitMix64
    ) -> (sealed: VectorMatrix, plain: VectorMatrix) {
        var sealed = VectorMatrix(dimension: dimension, sealingCount: 64)
        var plain = VectorMatrix(dimension: dimension, sealingCount: .max)
        let mean = random.unitVector(dimension)
        var vector = HalfVector(Embedding(unit: mean))
        for number in 0..<count {
            let id = ImageID(rawValue: Int64(number * 7 % max(1, count) + 1))
            for _ in 0..<(number.isMultiple(of: 5) ? 2 : 1) {
                let own = random.unitVector(dimension)
                switch kind {
                case .scattered: vector = HalfVector(Embedding(unit: own))
                case .around:
                    vector = HalfVector(Embedding(unit: zip(own, mean).map { ($0 + $1) / 2 }))
                case .equal: break
                case .zero: vector = HalfVector(bits: Array(repeating: 0, count: dimension))
                case .twins:
                    if number.isMultiple(of: 3) { vector = HalfVector(Embedding(unit: own)) }
                }
                sealed.set(id, vector, isHidden: number.isMultiple(of: 4))
                plain.set(id, vector, isHidden: number.isMultiple(of: 4))
            }
            if number.isMultiple(of: 9) {
                sealed.remove(id)
                plain.remove(id)
            }
        }
        return (sealed, plain)
    }

    private static func requests(
        _ count: Int,
        _ random: inout SplitMix64
    ) -> [NearestRequest] {
        let ids = (0..<count).map { ImageID(rawValue: Int64($0 + 1)) }
        func some(_ share: Double) -> [ImageID] {
            ids.filter { _ in Double.random(in: 0..<1, using: &random) < share }
        }
        return [
            NearestRequest(limit: 0), NearestRequest(limit: 1), NearestRequest(limit: 10),
            NearestRequest(limit: 10, excluded: Set(some(0.1))),
            NearestRequest(limit: 10, included: ImageSet(some(0.001))),
            NearestRequest(limit: 10, included: ImageSet(some(0.05))),
            NearestRequest(limit: 10, excluded: Set(some(0.1)), included: ImageSet(some(0.5))),
            NearestRequest(limit: count / 2), NearestRequest(limit: 5, offset: count / 3),
            NearestRequest(limit: count + 3),
        ]
    }
}
