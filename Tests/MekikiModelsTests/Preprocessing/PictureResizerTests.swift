import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite("Resizing as Pillow does it")
struct PictureResizerTests {
    @Test("Every sample equals Pillow's", arguments: PreprocessingFixtures.resizes)
    func equalsPillow(_ expected: PreprocessingFixtures.Resize) throws {
        let filter = try #require(ResizeFilter(rawValue: expected.resample))
        let resizer = PictureResizer(
            width: expected.toWidth,
            height: expected.toHeight,
            filter: filter
        )
        let picture = expected.kind.make(width: expected.width, height: expected.height)
        let samples = resizer.window(
            of: picture,
            columns: 0..<expected.toWidth,
            rows: 0..<expected.toHeight
        )
        if let all = expected.samples { #expect(samples == Array(all)) }
        #expect(ContentHash(of: Data(samples)).description == expected.sha256)
    }

    @Test("A window equals the same part of the whole", arguments: ResizeFilter.allCases)
    func windowIsPartOfWhole(_ filter: ResizeFilter) {
        let picture = SyntheticPicture.blend.make(width: 83, height: 61)
        // The third takes the vertical pass first.
        let sizes = [(40, 29), (83, 29), (79, 17), (40, 61), (83, 61), (140, 119), (140, 30)]
        for (width, height) in sizes {
            let resizer = PictureResizer(width: width, height: height, filter: filter)
            let whole = resizer.window(of: picture, columns: 0..<width, rows: 0..<height)
            let columns = 5..<(width - 7)
            let rows = 3..<(height - 2)
            let window = resizer.window(of: picture, columns: columns, rows: rows)
            let part = rows.flatMap { row in
                whole[(row * width + 5) * 3..<(row * width + width - 7) * 3]
            }
            #expect(window == part, "\(width)x\(height)")
        }
    }
}
