import Foundation
import MekikiCore

/// Turns pictures into the numbers that an image model reads: resizes, crops the middle, rescales and
/// normalises, as the image processors of transformers, and torchvision's transforms, do with Pillow.
public struct ImagePreprocessor: Sendable {
    /// The width of every result, in pixels.
    public let outputWidth: Int

    /// The height of every result, in pixels.
    public let outputHeight: Int

    /// What a reader should be asked for: pictures may come reduced to no less than twice this.
    ///
    /// It is the size before the crop, so it can be more than the result's sides.
    public let inputSide: Int

    private let settings: PreprocessorSettings

    /// The result of every sample value, shape `[3, 256]`.
    private let values: [Float]

    /// Reads a model's `preprocessor_config.json` (or `processor_config.json`).
    ///
    /// - Parameter folder: The model's folder.
    /// - Throws: `MekikiError` that names the file and the key: `noInput` when there is no file,
    ///   `badData` when it is damaged, `configuration` when it asks for something that this version
    ///   doesn't support.
    public init(folder: URL) throws {
        let settings = try PreprocessorFile(folder: folder).settings()
        guard let preprocessor = ImagePreprocessor(settings) else {
            throw MekikiError(
                .configuration,
                "The fields 'size' and 'do_center_crop' leave the results' size to each picture, "
                    + "which this version doesn't support. Choose another model, or update Mekiki.",
                subject: folder.path
            )
        }
        self = preprocessor
    }

    /// Prepares for known settings; `nil` when results would differ in size.
    init?(_ settings: PreprocessorSettings) {
        self.settings = settings
        if let crop = settings.crop {
            (outputWidth, outputHeight) = (crop.width, crop.height)
        } else if case .exact(let width, let height) = settings.resize {
            (outputWidth, outputHeight) = (width, height)
        } else {
            return nil
        }
        switch settings.resize {
        // A crop from the original needs all of its pixels.
        case .unchanged: inputSide = Int(UInt16.max)
        case .exact(let width, let height): inputSide = max(width, height)
        case .shortestEdge(let edge), .bounded(let edge, _), .longestEdge(let edge, _):
            inputSide = edge
        }
        values = Self.values(settings)
    }

    /// Prepares a picture.
    ///
    /// - Parameter picture: An upright picture of any size, possibly reduced by its reader.
    /// - Returns: Samples by channel, shape `[3, outputHeight, outputWidth]`.
    public func prepare(_ picture: PixelBuffer) -> [Float] {
        let count = 3 * outputHeight * outputWidth
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            prepare(picture, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }

    /// Prepares a picture into memory that the caller holds, such as its place in a batch.
    ///
    /// Safe on several threads at once.
    ///
    /// - Parameters:
    ///   - picture: An upright picture of any size, possibly reduced by its reader.
    ///   - result: Receives the samples, shape `[3, outputHeight, outputWidth]`; any other count is
    ///     a programmer's mistake and traps.
    /// - Complexity: O(pixels of the picture) at most; memory is bounded by the picture's rows times
    ///   `outputWidth`, whatever its aspect.
    public func prepare(_ picture: PixelBuffer, into result: UnsafeMutableBufferPointer<Float>) {
        precondition(
            result.count == 3 * outputHeight * outputWidth,
            "The result needs room for three channels."
        )
        let size = settings.resize.size(
            width: picture.originalWidth,
            height: picture.originalHeight
        )
        let across = CropSpan(
            length: size.width,
            crop: outputWidth,
            rounding: settings.cropRounding
        )
        let down = CropSpan(
            length: size.height,
            crop: outputHeight,
            rounding: settings.cropRounding
        )
        let resizer = PictureResizer(
            width: size.width,
            height: size.height,
            filter: settings.filter
        )
        let samples = resizer.window(of: picture, columns: across.kept, rows: down.kept)
        store(samples, across: across, down: down, into: result)
    }

    /// Spreads interleaved samples over the channels, and zeros around them where the crop is larger
    /// than the picture.
    private func store(
        _ samples: [UInt8],
        across: CropSpan,
        down: CropSpan,
        into result: UnsafeMutableBufferPointer<Float>
    ) {
        let plane = outputWidth * outputHeight
        let isPadded = across.kept.count < outputWidth || down.kept.count < outputHeight
        samples.withUnsafeBufferPointer { samples in
            values.withUnsafeBufferPointer { values in
                for channel in 0..<3 {
                    let table = values[(channel * 256)..<(channel * 256 + 256)]
                    let first = table.startIndex
                    let out = UnsafeMutableBufferPointer(
                        rebasing: result[(channel * plane)..<((channel + 1) * plane)]
                    )
                    if isPadded { out.update(repeating: table[first]) }
                    var sample = channel
                    for row in 0..<down.kept.count {
                        let start = (row + down.padding) * outputWidth + across.padding
                        for position in start..<(start + across.kept.count) {
                            out[position] = table[first + Int(samples[sample])]
                            sample += 3
                        }
                    }
                }
            }
        }
    }

    /// Rescales and normalises the 256 inputs that a channel has.
    ///
    /// The types follow transformers: products in double precision, rounded to single, then the
    /// normalisation in single.
    private static func values(_ settings: PreprocessorSettings) -> [Float] {
        (0..<3).flatMap { channel in
            (0..<256).map { sample in
                var value = Float(sample)
                if let factor = settings.rescale { value = Float(Double(sample) * factor) }
                if let normalization = settings.normalization {
                    let mean = Float(normalization.mean[channel])
                    value = (value - mean) / Float(normalization.deviation[channel])
                }
                return value
            }
        }
    }
}
