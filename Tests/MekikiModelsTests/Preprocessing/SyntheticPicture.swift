import Foundation
import MekikiCore

/// Pictures by integer arithmetic, the same as `picture` in `make_preprocessing.py`.
enum SyntheticPicture: String, Decodable, Sendable {
    case noise, gradient, bars, blend

    func make(
        width: Int,
        height: Int,
        originalWidth: Int? = nil,
        originalHeight: Int? = nil
    ) -> PixelBuffer {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<3 {
                    bytes.append(sample(x, y, channel, width: width, height: height))
                }
            }
        }
        return PixelBuffer(
            width: width,
            height: height,
            bytes: bytes,
            originalWidth: originalWidth,
            originalHeight: originalHeight
        )
    }

    private func sample(_ x: Int, _ y: Int, _ channel: Int, width: Int, height: Int) -> UInt8 {
        let noise = Self.noise(UInt32(x), UInt32(y), UInt32(channel))
        let gradient = (x * 255 / width + y * 255 / height + channel * 40) & 255
        let bars = ((x / 3 + y / 5 + channel) & 1) * 255
        switch self {
        case .noise: return UInt8(noise)
        case .gradient: return UInt8(gradient)
        case .bars: return UInt8(bars)
        case .blend: return UInt8((noise + gradient * 2 + bars) / 4)
        }
    }

    private static func noise(_ x: UInt32, _ y: UInt32, _ channel: UInt32) -> Int {
        var mixed = (x &* 0x9E37_79B1) ^ (y &* 0x85EB_CA77) ^ (channel &* 0xC2B2_AE3D)
        mixed = (mixed ^ (mixed >> 15)) &* 0x2C1B_3C6D
        return Int((mixed ^ (mixed >> 12)) & 255)
    }
}
