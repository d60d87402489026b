import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

/// Random changes, applied to both catalogs: whatever is asked, they agree.
@Suite struct CatalogAgreementTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func catalogsAgreeAfterRandomChanges(_ seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let clock = FakeClock()
        let folder = try TemporaryFolder()
        let sqlite = try SQLiteCatalog(
            path: folder.file(SQLiteCatalog.fileName),
            SQLiteCatalogOptions(threadCount: 2, now: { clock.now })
        )
        let memory = InMemoryCatalog(now: { clock.now })
        for _ in 0..<30 {
            clock.advance(by: Double(Int.random(in: -2...2, using: &random)))
            let known = await memory.files(of: Self.names.map(\.id)).keys.sorted()
            let changes = Self.changes(known, &random)
            let outcome = await Result { try await sqlite.apply(changes) }
            let expected = await Result { try await memory.apply(changes) }
            #expect(outcome.failureCode == expected.failureCode)
            let assignments = Self.tags(known, &random)
            let labelSet = ["pets", "places"][Int.random(in: 0...1, using: &random)]
            let tagged = await Result {
                try await sqlite.setTags(assignments, of: labelSet, in: CatalogSample.space)
            }
            let expectedTagged = await Result {
                try await memory.setTags(assignments, of: labelSet, in: CatalogSample.space)
            }
            #expect(tagged.failureCode == expectedTagged.failureCode)
            let query = Embedding(unit: random.unitVector(CatalogSample.space.dimension))
            #expect(try await Answers(sqlite, query) == Answers(memory, query))
        }
    }

    /// More numbers than images will ever be given.
    private static let names = (1...2000).map { (name: "\($0)", id: ImageID(rawValue: $0)) }

    private static func changes(
        _ known: [ImageID],
        _ random: inout SplitMix64
    ) -> CatalogChanges {
        func location() -> FileLocation {
            FileLocation(
                root: ["/a", "/b"][Int.random(in: 0...1, using: &random)],
                path: "\(Int.random(in: 0..<12, using: &random)).png"
            )
        }
        func some<Element>(_ element: () -> Element) -> [Element] {
            (0..<Int.random(in: 0...3, using: &random)).map { _ in element() }
        }
        func stamp() -> FileStamp {
            FileStamp(byteCount: 1, modifiedAt: Int64.random(in: 0...9, using: &random))
        }
        // Now and then a wrong dimension: then nothing may change.
        func vector() -> [Float] {
            random.unitVector(Int.random(in: 0..<40, using: &random) == 0 ? 7 : 8)
        }
        return CatalogChanges(
            additions: some {
                let name = "\(Int.random(in: 0..<15, using: &random))"
                let value = Bool.random(using: &random) ? vector() : nil
                var addition = CatalogSample.addition("", name, value)
                addition.location = location()
                addition.stamp = stamp()
                return addition
            },
            vectors: known.isEmpty
                ? []
                : some {
                    .init(
                        imageID: known[Int.random(in: 0..<known.count, using: &random)],
                        space: CatalogSample.space,
                        embedding: Embedding(unit: vector())
                    )
                },
            sightings: known.isEmpty
                ? []
                : some {
                    FileRecord(
                        location: location(),
                        stamp: stamp(),
                        imageID: known[Int.random(in: 0..<known.count, using: &random)]
                    )
                },
            missing: some(location),
            removals: some(location),
            failures: some {
                FailureRecord(location: location(), stamp: stamp(), reason: "broken")
            },
            keepsImagesWithoutFile: Bool.random(using: &random)
        )
    }

    /// Tags of images some of which may be gone by now: then nothing may change.
    private static func tags(
        _ known: [ImageID],
        _ random: inout SplitMix64
    ) -> [TagAssignment] {
        guard !known.isEmpty else { return [] }
        return (0..<Int.random(in: 0...2, using: &random)).map { _ in
            let labels = ["cat", "dog", "海"].shuffled(using: &random)
                .prefix(Int.random(in: 0...3, using: &random))
            return TagAssignment(
                imageID: known[Int.random(in: 0..<known.count, using: &random)],
                labels: labels.map { label in
                    LabelProbability(
                        label: label,
                        probability: Float(Int.random(in: 0...4, using: &random)) / 4
                    )
                }
            )
        }
    }

    private struct Answers: Equatable {
        var files: [FileRecord]
        var failures: [FailureRecord]
        var hashesByNumber: [[ContentHash]]
        var statistics: CatalogStatistics
        var nearest: NearestResult
        var vectors: [ImageID: Embedding]
        var wanting: [ImageID]
        var having: [ImageID]
        var tags: [ImageID: [ImageTag]]
        var labelSets: [LabelSetCount]

        init(_ catalog: any Catalog, _ query: Embedding) async throws {
            let newest = try await catalog.newest(limit: 100, offset: 0)
            // Numbers of changes that failed may be lost or not: compare contents, not numbers.
            let all = try await catalog.images(names.map(\.id))
            hashesByNumber = [newest.images.map(\.image.content.hash), all.map(\.content.hash)]
            files = try await catalog.files(under: nil)
            failures = try await catalog.failures(under: nil)
            statistics = try await catalog.statistics()
            nearest = try await catalog.nearest(
                to: query,
                in: CatalogSample.space,
                NearestRequest(limit: 10, offset: 1)
            )
            vectors = try await catalog.embeddings(of: names.map(\.id), in: CatalogSample.space)
            wanting = try await catalog.imagesWithoutVector(in: CatalogSample.space)
            having = try await catalog.imagesWithVector(in: CatalogSample.space)
            tags = try await catalog.tags(of: names.map(\.id))
            labelSets = try await catalog.labelSets()
        }
    }
}

extension Result where Failure == any Error, Success == Void {
    fileprivate init(_ body: () async throws -> Void) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }

    /// `nil` for success.
    fileprivate var failureCode: MekikiError.Code? {
        guard case .failure(let error) = self else { return nil }
        return (error as? MekikiError)?.code ?? .cancelled
    }
}
