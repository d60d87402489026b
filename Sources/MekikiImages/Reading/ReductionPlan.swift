import MekikiCore

/// How far a picture is reduced while it is read: enough to save time and memory, never below
/// what an encoder and a thumbnail need.
///
/// A reduced picture always covers exactly what the original does. JPEG decoders reduce 1,201
/// columns by 2 to 601, half of the last one outside the picture; stretching that over the whole
/// shifts the right edge, so such a file is decoded one step larger and averaged to fit.
struct ReductionPlan: Equatable {
    /// The factor of JPEG's own reduction: 1, 2, 4 or 8.
    private(set) var shrink = 1

    /// The stored picture's size after averaging, in pixels.
    private(set) var width: Int
    private(set) var height: Int

    /// The part of the decoded picture that holds the original.
    private(set) var extentWidth: Double
    private(set) var extentHeight: Double

    /// How many times the encoder's side a side keeps when JPEG reduces.
    private static let jpegMargin = 2

    /// The same where that is not alike enough: averaging blurs a little more, and JPEG decoders
    /// reduce colours that are coarser along one axis no further than along the other, so that they
    /// blur (42 dB from a whole decoding at a margin of 2, 54 dB at 4).
    private static let wideMargin = 4

    /// Plans for a stored picture.
    ///
    /// - Parameters:
    ///   - format: The file's format.
    ///   - width: The stored width in pixels.
    ///   - height: The stored height in pixels.
    ///   - request: What is wanted.
    ///   - hasUnevenChroma: Whether a JPEG's colours are coarser along one axis.
    init(
        format: ImageFormat,
        width: Int,
        height: Int,
        request: ImageReadRequest,
        hasUnevenChroma: Bool = false
    ) {
        self.width = width
        self.height = height
        extentWidth = Double(width)
        extentHeight = Double(height)
        let isSharp = format == .jpeg && !hasUnevenChroma
        let margin = isSharp ? Self.jpegMargin : Self.wideMargin
        let factor = Self.largestFactor(width, height, request, margin: margin)
        guard factor > 1 else { return }
        if format == .jpeg {
            reduceAsJPEG(atMost: factor)
        } else {
            average(by: factor)
        }
    }

    /// The largest whole factor that leaves both sides large enough.
    private static func largestFactor(
        _ width: Int,
        _ height: Int,
        _ request: ImageReadRequest,
        margin: Int
    ) -> Int {
        var factor = Int.max
        if let side = request.encoderSide {
            factor = min(factor, min(width, height) / (margin * side))
        }
        if let side = request.thumbnailSide {
            factor = min(factor, max(width, height) / side)
        }
        return max(1, min(factor, max(width, height)))
    }

    private mutating func reduceAsJPEG(atMost factor: Int) {
        let possible = [8, 4, 2].filter { $0 <= factor }
        guard let largest = possible.first else { return }
        let fitting = possible.first { width % $0 == 0 && height % $0 == 0 } ?? 1
        // One step more to decode costs little; two steps are better averaged away.
        shrink = max(fitting, largest / 2)
        let isWhole = fitting >= largest / 2
        extentWidth = Double(width) / Double(shrink)
        extentHeight = Double(height) / Double(shrink)
        if isWhole {
            width /= shrink
            height /= shrink
        } else {
            average(by: largest)
        }
    }

    /// Comes to sides divided by a factor, rounded up so that none falls below what is needed.
    private mutating func average(by factor: Int) {
        width = (width + factor - 1) / factor
        height = (height + factor - 1) / factor
    }
}
