import Foundation
import MekikiCore
import MekikiSearch
import Testing

@Suite struct SearchComparisonTests {
    private func side(_ model: String, _ ids: [Int64], offset: Int = 0) -> SearchComparison.Side {
        let hits = ids.enumerated().map { index, id in
            Hit(
                rank: offset + index + 1,
                image: ImageRecord(
                    id: ImageID(rawValue: id),
                    content: ImageContent(
                        hash: ContentHash(of: Data("\(id)".utf8)),
                        format: .png,
                        width: 1,
                        height: 1,
                        byteCount: 1,
                        metadata: ImageMetadata()
                    ),
                    addedAt: Date(timeIntervalSince1970: 0)
                ),
                files: [],
                reasons: []
            )
        }
        return SearchComparison.Side(
            space: VectorSpace(model: model, revision: "1", dimension: 4),
            result: SearchResult(hits: hits, total: 100, offset: offset)
        )
    }

    @Test func sharedImagesAreThoseOfBothPages() {
        let comparison = SearchComparison(
            first: side("a", [5, 3, 9, 1]),
            second: side("b", [3, 5, 7])
        )
        #expect(comparison.shared == [ImageID(rawValue: 3), ImageID(rawValue: 5)])
        #expect(abs(comparison.agreement - 2 / 3) < 1e-9)
        #expect(comparison.second.rank(of: ImageID(rawValue: 3)) == 1)
        #expect(comparison.second.rank(of: ImageID(rawValue: 9)) == nil)
    }

    @Test func ranksCountFromTheFirstOfAllPages() {
        let side = side("a", [5, 3], offset: 10)
        #expect(side.rank(of: ImageID(rawValue: 3)) == 12)
    }

    @Test func nothingAgreesWithNothing() {
        let comparison = SearchComparison(first: side("a", []), second: side("b", []))
        #expect(comparison.agreement == 1)
        #expect(comparison.shared.isEmpty)
    }
}
