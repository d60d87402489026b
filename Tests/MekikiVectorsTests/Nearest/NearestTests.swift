import MekikiCore
import MekikiTesting
import MekikiVectors
import Testing

/// The exact search against sorting everything in double precision.
@Suite struct NearestTests {
    private struct Case: CustomTestStringConvertible {
        var count: Int
        var dimension: Int
        var testDescription: String { "\(count) x \(dimension)" }
    }

    private static let cases = [
        Case(count: 0, dimension: 3), Case(count: 1, dimension: 1), Case(count: 100, dimension: 31),
        Case(count: 1024, dimension: 32), Case(count: 3000, dimension: 65),
    ]

    @Test(arguments: cases)
    private func agreesWithSortingEverything(_ size: Case) throws {
        var random = SplitMix64(seed: UInt64(size.count))
        let scene = Scene(size.count, size.dimension, &random)
        for _ in 0..<5 {
            let query = Embedding(unit: random.unitVector(size.dimension))
            let request = NearestRequest(
                limit: Int.random(in: 0...(size.count + 2), using: &random),
                offset: Int.random(in: 0...(size.count + 2), using: &random) / 3,
                excluded: scene.someIDs(&random)
            )
            let result = try scene.matrix.nearest(to: query, request)
            let oracle = scene.ranking(query, request.excluded)
            #expect(result.total == oracle.count)
            let page = oracle.dropFirst(request.offset).prefix(request.limit)
            #expect(result.neighbors.count == page.count)
            for (found, expected) in zip(result.neighbors, page) {
                // Ranks can differ only where float32 can't tell two rows apart.
                #expect(abs(Double(found.cosine) - expected.cosine) < 1e-5)
                let own = oracle.first { $0.id == found.id }
                #expect(abs((own?.cosine ?? .nan) - Double(found.cosine)) < 1e-5)
            }
            #expect(Set(result.neighbors.map(\.id)).count == result.neighbors.count)
        }
    }

    @Test(arguments: [2, 3, 4, 16])
    func anyNumberOfThreadsGivesTheSame(_ threads: Int) throws {
        var random = SplitMix64(seed: 5)
        // Two components and many rows: plenty of equal scores.
        let scene = Scene(40_000, 2, &random)
        let query = Embedding(unit: [1, 0])
        for request in [
            NearestRequest(limit: 1), NearestRequest(limit: 100, offset: 50),
            NearestRequest(limit: 50_000), NearestRequest(limit: 10, offset: 30_000),
        ] {
            let alone = try scene.matrix.nearest(to: query, request)
            #expect(try scene.matrix.nearest(to: query, request, threads: threads) == alone)
        }
    }

    @Test func equalScoresAreOrderedByID() throws {
        var matrix = VectorMatrix(dimension: 2)
        let ids = (1...3000).map { ImageID(rawValue: Int64($0)) }
        var random = SplitMix64(seed: 6)
        for id in ids.shuffled(using: &random) {
            matrix.set(id, HalfVector(Embedding(unit: [1, 0])))
        }
        let query = Embedding(unit: [0.6, 0.8])
        let result = try matrix.nearest(
            to: query,
            NearestRequest(limit: 40, offset: 100),
            threads: 4
        )
        #expect(result.neighbors.map(\.id) == Array(ids[100..<140]))
    }

    @Test func theLargestRequestsAreFine() throws {
        var random = SplitMix64(seed: 7)
        let scene = Scene(10, 4, &random)
        let query = Embedding(unit: [1, 0, 0, 0])
        let all = try scene.matrix.nearest(to: query, NearestRequest(limit: .max))
        #expect(all.neighbors.count == all.total)
        let rest = try scene.matrix.nearest(to: query, NearestRequest(limit: .max, offset: 3))
        #expect(rest.neighbors == Array(all.neighbors[3...]))
        let beyond = try scene.matrix.nearest(to: query, NearestRequest(limit: .max, offset: .max))
        #expect(beyond.neighbors.isEmpty)
        #expect(beyond.total == all.total)
    }

    /// A matrix with hidden, replaced and removed rows, and the same vectors for the oracle.
    private struct Scene {
        var matrix: VectorMatrix
        var visible: [ImageID: [Double]] = [:]

        init(_ count: Int, _ dimension: Int, _ random: inout SplitMix64) {
            matrix = VectorMatrix(dimension: dimension)
            for number in 0..<count {
                let id = ImageID(rawValue: Int64(number * 7 % max(1, count) + 1))
                for _ in 0..<(number.isMultiple(of: 5) ? 2 : 1) {
                    let vector = HalfVector(Embedding(unit: random.unitVector(dimension)))
                    matrix.set(id, vector, isHidden: number.isMultiple(of: 4))
                    let values = vector.embedding.values.map(Double.init)
                    visible[id] = number.isMultiple(of: 4) ? nil : values
                }
                if number.isMultiple(of: 9) {
                    matrix.remove(id)
                    visible[id] = nil
                }
            }
        }

        func someIDs(_ random: inout SplitMix64) -> Set<ImageID> {
            Set((0..<10).map { _ in ImageID(rawValue: Int64.random(in: 0...4000, using: &random)) })
        }

        func ranking(
            _ query: Embedding,
            _ excluded: Set<ImageID>
        ) -> [(id: ImageID, cosine: Double)] {
            visible.filter { !excluded.contains($0.key) }
                .map { id, values in
                    (id, zip(query.values, values).reduce(0) { $0 + Double($1.0) * $1.1 })
                }
                .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        }
    }
}
