import Testing

@testable import MekikiModels

@Suite("Centre crops along one axis")
struct CropSpanTests {
    @Test(
        "The middle stays, the odd pixel falls off at the end",
        arguments: [(10, 4, 3), (11, 4, 3), (10, 5, 2), (11, 5, 3), (7, 7, 0)]
    )
    func inside(_ length: Int, _ crop: Int, _ start: Int) {
        let span = CropSpan(length: length, crop: crop)
        #expect(span.kept == start..<(start + crop))
        #expect(span.padding == 0)
    }

    @Test(
        "A short picture is padded, the odd zero first",
        arguments: [(4, 10, 3), (4, 11, 4), (5, 10, 3), (5, 11, 3)]
    )
    func outside(_ length: Int, _ crop: Int, _ padding: Int) {
        let span = CropSpan(length: length, crop: crop)
        #expect(span.kept == 0..<length)
        #expect(span.padding == padding)
    }

    @Test(
        "torchvision rounds halves to even, and the odd zero comes last",
        arguments: [(11, 4, 4, 0), (13, 4, 4, 0), (10, 4, 3, 0), (4, 11, 0, 3), (5, 10, 0, 2)]
    )
    func torchvision(_ length: Int, _ crop: Int, _ start: Int, _ padding: Int) {
        let span = CropSpan(length: length, crop: crop, rounding: .torchvision)
        #expect(span.kept.lowerBound == start && span.kept.count == min(length, crop))
        #expect(span.padding == padding)
    }
}
