import MekikiCore

/// A picture in shades of gray, as it is given to Tesseract.
struct GrayPicture: Sendable, Equatable {
    /// Pixels in a row.
    let width: Int

    /// Rows.
    let height: Int

    /// Brightness, rows from the top.
    let bytes: [UInt8]

    /// A file that every picture library reads, without any compression: what comes before the bytes.
    var header: [UInt8] { Array("P5\n\(width) \(height)\n255\n".utf8) }

    /// Shrinks or enlarges a picture, and makes it gray.
    ///
    /// Each pixel is the mean of the area that it stands for, or lies between its neighbours where the
    /// picture grows.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - scale: The factor for both sides.
    init(_ picture: PixelBuffer, scale: Double) {
        let gray = Self.layer(of: picture) { red, green, blue -> UInt8 in
            // Rec. 601, in 256ths.
            let sum = 77 * UInt32(red) + 150 * UInt32(green) + 29 * UInt32(blue)
            return UInt8(sum >> 8)
        }
        self.init(width: picture.width, height: picture.height, bytes: gray, scale: scale)
    }

    /// Only the very dark or the very bright pixels of a picture, as black on white.
    ///
    /// Letters on a drawing or photograph are lost when a whole picture is divided into black and white;
    /// among what is nearly black, or nearly white, they stand alone.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - ink: Which pixels are kept.
    ///   - scale: The factor for both sides.
    init(_ picture: PixelBuffer, only ink: Ink, scale: Double) {
        let layer = Self.layer(of: picture) { red, green, blue -> UInt8 in
            switch ink {
            case .dark: max(red, green, blue) < 64 ? 0 : 255
            case .bright: min(red, green, blue) > 191 ? 0 : 255
            }
        }
        self.init(width: picture.width, height: picture.height, bytes: layer, scale: scale)
    }

    /// Which pixels of a picture may be letters.
    enum Ink: CaseIterable, Sendable {
        /// Those that are nearly black.
        case dark
        /// Those that are nearly white.
        case bright
    }

    /// The picture turned clockwise.
    ///
    /// - Parameter quarters: By how many quarters of a circle, 1 to 3.
    /// - Returns: The turned picture.
    func turned(_ quarters: Int) -> GrayPicture {
        let isAcross = quarters % 2 == 1
        let (width, height) = isAcross ? (height, width) : (width, height)
        var bytes = [UInt8](repeating: 0, count: self.bytes.count)
        for y in 0..<height {
            for x in 0..<width {
                let (oldX, oldY) =
                    switch quarters {
                    case 1: (y, self.height - 1 - x)
                    case 2: (self.width - 1 - x, self.height - 1 - y)
                    default: (self.width - 1 - y, x)
                    }
                bytes[y * width + x] = self.bytes[oldY * self.width + oldX]
            }
        }
        return GrayPicture(width: width, height: height, bytes: bytes, scale: 1)
    }

    /// How much of the picture is dark, 0 to 1.
    var inkShare: Double {
        Double(bytes.reduce(0) { $0 + ($1 < 128 ? 1 : 0) }) / Double(bytes.count)
    }

    private static func layer(
        of picture: PixelBuffer,
        _ value: (UInt8, UInt8, UInt8) -> UInt8
    ) -> [UInt8] {
        let count = picture.width * picture.height
        return picture.bytes.withUnsafeBufferPointer { from in
            [UInt8](unsafeUninitializedCapacity: count) { to, filled in
                for index in 0..<count {
                    to[index] = value(from[3 * index], from[3 * index + 1], from[3 * index + 2])
                }
                filled = count
            }
        }
    }

    private init(width: Int, height: Int, bytes: [UInt8], scale: Double) {
        guard scale != 1 else {
            (self.width, self.height, self.bytes) = (width, height, bytes)
            return
        }
        self.width = max(1, Int((Double(width) * scale).rounded()))
        self.height = max(1, Int((Double(height) * scale).rounded()))
        let columns = Self.weights(from: width, to: self.width)
        let rows = Self.weights(from: height, to: self.height)
        var narrow = [Float](repeating: 0, count: self.width * height)
        for y in 0..<height {
            for x in 0..<self.width {
                var sum: Float = 0
                for (offset, weight) in columns[x].shares.enumerated() {
                    sum += weight * Float(bytes[y * width + columns[x].first + offset])
                }
                narrow[y * self.width + x] = sum
            }
        }
        var result = [UInt8](repeating: 0, count: self.width * self.height)
        for y in 0..<self.height {
            for x in 0..<self.width {
                var sum: Float = 0.5
                for (offset, weight) in rows[y].shares.enumerated() {
                    sum += weight * narrow[(rows[y].first + offset) * self.width + x]
                }
                result[y * self.width + x] = UInt8(min(max(sum, 0), 255))
            }
        }
        self.bytes = result
    }

    /// For each new pixel, which old ones it is made of.
    private static func weights(from old: Int, to new: Int) -> [(first: Int, shares: [Float])] {
        let step = Double(old) / Double(new)
        // A triangle as wide as a new pixel, or as an old one where the picture grows.
        let reach = max(step, 1)
        return (0..<new).map { index in
            let center = (Double(index) + 0.5) * step
            let first = max(0, Int((center - reach).rounded(.down)))
            let last = min(old - 1, Int((center + reach).rounded(.up)))
            var shares = (first...last).map { pixel in
                Float(max(0, 1 - abs(Double(pixel) + 0.5 - center) / reach))
            }
            let sum = shares.reduce(0, +)
            for index in shares.indices { shares[index] /= sum }
            return (first, shares)
        }
    }
}
