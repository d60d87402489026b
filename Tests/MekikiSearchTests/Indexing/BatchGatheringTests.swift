import MekikiCore
import Testing

@testable import MekikiSearch

@Suite struct BatchGatheringTests {
    private func picture(_ pixels: Int) -> PixelBuffer {
        PixelBuffer(width: pixels, height: 1, bytes: [UInt8](repeating: 0, count: 3 * pixels))
    }

    /// The items of each batch; a picture has that many pixels, 0 stands for none.
    private func batches(_ pixels: [Int], _ options: IndexingOptions) -> [[Int]] {
        var gathering = BatchGathering<Int>(options)
        var batches: [[Int]] = []
        for count in pixels {
            let complete = gathering.add(count, count == 0 ? nil : picture(count))
            batches += complete.map { $0.items.map(\.item) }
            for batch in complete {
                #expect(batch.pictures.count == batch.items.count { $0.hasPicture })
                #expect(batch.pixelBytes == Int64(3 * batch.items.map(\.item).reduce(0, +)))
            }
        }
        if let last = gathering.finish() { batches.append(last.items.map(\.item)) }
        return batches
    }

    @Test func picturesAreCounted() {
        let options = IndexingOptions(batchSize: 2)
        #expect(batches([1, 1, 1, 1, 1], options) == [[1, 1], [1, 1], [1]])
        #expect(batches([], options).isEmpty)
    }

    @Test func filesWithoutAPictureDoNotFillABatch() {
        let options = IndexingOptions(batchSize: 2)
        #expect(batches([0, 1, 0, 0, 1, 0], options) == [[0, 1, 0, 0, 1], [0]])
    }

    @Test func aBatchOfFilesWithoutPicturesEndsToo() {
        let options = IndexingOptions(batchSize: 1)
        let files = [Int](repeating: 0, count: 20)
        #expect(batches(files, options).map(\.count) == [16, 4])
    }

    @Test func pixelsAreBounded() {
        // A third of the memory: 30 bytes, which are 10 pixels.
        let options = IndexingOptions(batchSize: 100, memoryBytes: 90)
        #expect(batches([4, 4, 4, 50, 1, 10, 9], options) == [[4, 4], [4], [50], [1], [10], [9]])
    }
}
