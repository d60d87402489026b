import Foundation
import MekikiCore
import MekikiImages

/// Pictures: header, metadata, pixels and thumbnail.
struct ImageFileReader: FuzzedReader {
    /// Small enough for thousands of pictures a minute; every eighth input meets the limits that
    /// the program has.
    private let hasty = VipsImageReader(limits: ImageLimits(pixels: 1 << 20))
    private let real = VipsImageReader()

    func accepts(_ data: Data) -> Bool {
        let reader = data.count % 8 == 0 ? real : hasty
        let side = data.count % 3 == 0 ? 224 : 8
        return succeeds([.badData]) {
            let reading = try reader.read(
                data,
                ImageReadRequest(encoderSide: side, thumbnailSide: 256)
            )
            guard let pixels = reading.pixels, reading.thumbnail != nil,
                pixels.bytes.count == pixels.width * pixels.height * 3
            else { fatalError("a reading without pixels or thumbnail") }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        ImageMutation.mutate(input, using: &random)
    }
}
