import Foundation

/// How a resize weighs the pixels around each sample; raw values are Pillow's `Resampling`, which
/// is what model files write.
enum ResizeFilter: Int, Sendable, CaseIterable {
    case nearest = 0
    case lanczos = 1
    case bilinear = 2
    case bicubic = 3
    case box = 4
    case hamming = 5

    /// How far the filter reaches to each side, in pixels of an enlarged picture.
    var support: Double {
        switch self {
        case .nearest, .box: 0.5
        case .bilinear, .hamming: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The weight of a pixel, not yet normalised.
    ///
    /// The order of the operations counts: Pillow's results are to be met bit for bit.
    ///
    /// - Parameter offset: The pixel's distance from the sample.
    /// - Returns: The weight, negative in the lobes of some filters.
    func weight(at offset: Double) -> Double {
        let distance = abs(offset)
        switch self {
        case .nearest, .box:
            // Half open, so that a pixel on the border belongs to one sample only.
            return offset > -0.5 && offset <= 0.5 ? 1 : 0
        case .bilinear: return distance < 1 ? 1 - distance : 0
        case .hamming:
            if distance == 0 { return 1 }
            if distance >= 1 { return 0 }
            let angle = distance * .pi
            // Pillow writes these two as single-precision literals.
            let window = Double(Float(0.54)) + Double(Float(0.46)) * cos(angle)
            return sin(angle) / angle * window
        case .bicubic:
            // Keys 1981, with the parameter -0.5.
            if distance < 1 { return (1.5 * distance - 2.5) * distance * distance + 1 }
            if distance < 2 { return (((distance - 5) * distance + 8) * distance - 4) * -0.5 }
            return 0
        case .lanczos:
            guard offset >= -3, offset < 3 else { return 0 }
            return Self.sinc(offset) * Self.sinc(offset / 3)
        }
    }

    private static func sinc(_ value: Double) -> Double {
        if value == 0 { return 1 }
        let angle = value * .pi
        return sin(angle) / angle
    }
}
