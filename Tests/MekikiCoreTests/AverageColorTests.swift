import MekikiCore
import Testing

@Suite struct AverageColorTests {
    @Test func itIsTheMeanOfAllPixels() {
        let pixels = PixelBuffer(
            width: 2,
            height: 1,
            bytes: [255, 0, 10, 0, 1, 20]
        )
        #expect(AverageColor(of: pixels) == AverageColor(red: 128, green: 1, blue: 15))
    }

    @Test func aLargePictureIsMeasuredBySamplesOfAllOfIt() {
        // A gradient from left to right: the samples of one column would give its own value.
        let (width, height) = (1000, 800)
        var bytes: [UInt8] = []
        for _ in 0..<height {
            for x in 0..<width { bytes += [UInt8(x * 255 / (width - 1)), 7, 0] }
        }
        let color = AverageColor(of: PixelBuffer(width: width, height: height, bytes: bytes))
        #expect((125...130).contains(color.red))
        #expect(color.green == 7)
        #expect(color.blue == 0)
    }

    @Test func itIsOneNumberAndOneText() {
        let color = AverageColor(red: 0, green: 10, blue: 255)
        #expect(color.rawValue == 0x000AFF)
        #expect(color.description == "#000aff")
        #expect(AverageColor(rawValue: color.rawValue) == color)
        #expect(AverageColor(rawValue: -1) == nil)
        #expect(AverageColor(rawValue: 0x100_0000) == nil)
    }
}
