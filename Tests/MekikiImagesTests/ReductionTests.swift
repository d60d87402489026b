import Foundation
import MekikiCore
import MekikiImages
import Testing

/// A reduced picture must show what the whole one does, and never less than was asked for.
@Suite struct ReductionTests {
    private func pixels(_ name: String, encoderSide: Int) throws -> PixelBuffer {
        let reading = try VipsImageReader().read(
            Fixture.bytes(name),
            ImageReadRequest(encoderSide: encoderSide, thumbnailSide: nil)
        )
        return try #require(reading.pixels)
    }

    /// The average over areas, computed the slow way: by sampling each area 12 x 12 times.
    private func averaged(_ whole: PixelBuffer, to width: Int, _ height: Int) -> [UInt8] {
        let fine = 12
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                var sums = [0, 0, 0]
                for j in 0..<fine {
                    let row = (y * fine + j) * whole.height / (height * fine)
                    for i in 0..<fine {
                        let column = (x * fine + i) * whole.width / (width * fine)
                        for c in 0..<3 {
                            sums[c] += Int(whole.bytes[(row * whole.width + column) * 3 + c])
                        }
                    }
                }
                bytes += sums.map { UInt8(($0 + fine * fine / 2) / (fine * fine)) }
            }
        }
        return bytes
    }

    @Test(arguments: [
        // 240 x 160: JPEG keeps twice the side, the others four times.
        ("large.jpg", 20, 60, 40), ("large.jpg", 40, 120, 80), ("large.jpg", 41, 240, 160),
        ("large.jpg", 10, 30, 20), ("large-422.jpg", 20, 120, 80), ("large-422.jpg", 10, 60, 40),
        // 243 x 163: odd sides are averaged, and rounded up.
        ("odd.jpg", 20, 61, 41),
        // 301 x 203.
        ("large.png", 10, 61, 41), ("large.png", 25, 151, 102), ("large.png", 26, 301, 203),
    ])
    func sidesStayLargeEnough(_ name: String, _ side: Int, _ width: Int, _ height: Int) throws {
        let pixels = try pixels(name, encoderSide: side)
        #expect(pixels.sides == [width, height])
        #expect(min(pixels.width, pixels.height) >= 2 * side)
    }

    @Test(arguments: ["large.jpg", "large-422.jpg", "odd.jpg", "large.png"])
    func originalSidesAreKept(_ name: String) throws {
        let reduced = try pixels(name, encoderSide: 10)
        let whole = try pixels(name, encoderSide: 1000)
        #expect(reduced.originalWidth == whole.width)
        #expect(reduced.originalHeight == whole.height)
        #expect(reduced.width < whole.width)
    }

    @Test(arguments: [
        ("large.jpg", 20, 1.5), ("large.jpg", 40, 1.5), ("large-422.jpg", 20, 1.5),
        ("odd.jpg", 20, 1.5), ("large.png", 10, 0.6), ("large.png", 25, 0.6),
        ("fringe.png", 20, 0.6),
    ])
    func reducedPictureIsTheWholeOneAveraged(
        _ name: String,
        _ side: Int,
        _ tolerance: Double
    ) throws {
        let reduced = try pixels(name, encoderSide: side)
        let whole = try pixels(name, encoderSide: 1000)
        let expected = averaged(whole, to: reduced.width, reduced.height)
        #expect(reduced.width < whole.width)
        #expect(meanDifference(reduced.bytes, expected) <= tolerance)
    }

    /// The red behind the transparent part must not bleed into the blue square's border.
    @Test func hiddenColoursLeaveNoFringe() throws {
        let pixels = try pixels("fringe.png", encoderSide: 20)
        for start in stride(from: 0, to: pixels.bytes.count, by: 3) {
            #expect(abs(Int(pixels.bytes[start]) - Int(pixels.bytes[start + 1])) <= 1)
            #expect(pixels.bytes[start + 2] == 255)
        }
    }

    @Test func thumbnailKeepsThePixelsLargeEnoughForItself() throws {
        let reading = try VipsImageReader().read(
            Fixture.bytes("large.jpg"),
            ImageReadRequest(encoderSide: 10, thumbnailSide: 100)
        )
        #expect(try #require(reading.pixels).width == 120)
    }
}
