/// A picture's mean colour in sRGB, for the place where the picture is not yet drawn.
public struct AverageColor: Sendable, Hashable {
    /// The mean of red, 0 to 255.
    public var red: UInt8

    /// The mean of green, 0 to 255.
    public var green: UInt8

    /// The mean of blue, 0 to 255.
    public var blue: UInt8

    /// Pixels looked at, at most: more change the mean by less than anyone sees.
    private static let sampleCount = 65_536

    /// Creates a colour.
    ///
    /// - Parameters:
    ///   - red: 0 to 255.
    ///   - green: 0 to 255.
    ///   - blue: 0 to 255.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Measures a picture.
    ///
    /// - Parameter pixels: The picture.
    /// - Complexity: O(1) for large pictures: evenly spread samples stand for all pixels.
    public init(of pixels: PixelBuffer) {
        let count = pixels.width * pixels.height
        // Odd, so that the samples do not run down one column of a picture with an even width.
        let step = max(1, count / Self.sampleCount) | 1
        var sums = (red: 0, green: 0, blue: 0)
        var samples = 0
        pixels.bytes.withUnsafeBufferPointer { bytes in
            for index in stride(from: 0, to: count, by: step) {
                sums.red += Int(bytes[3 * index])
                sums.green += Int(bytes[3 * index + 1])
                sums.blue += Int(bytes[3 * index + 2])
                samples += 1
            }
        }
        func mean(_ sum: Int) -> UInt8 { UInt8((sum + samples / 2) / samples) }
        self.init(red: mean(sums.red), green: mean(sums.green), blue: mean(sums.blue))
    }
}

extension AverageColor: RawRepresentable {
    /// Reads `0xRRGGBB`; `nil` for any other number.
    ///
    /// - Parameter rawValue: The colour as one number.
    public init?(rawValue: Int) {
        guard (0...0xFF_FFFF).contains(rawValue) else { return nil }
        self.init(
            red: UInt8(rawValue >> 16),
            green: UInt8(rawValue >> 8 & 0xFF),
            blue: UInt8(rawValue & 0xFF)
        )
    }

    /// `0xRRGGBB`.
    public var rawValue: Int { Int(red) << 16 | Int(green) << 8 | Int(blue) }
}

extension AverageColor: CustomStringConvertible {
    /// `#rrggbb`, as style sheets write it.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
