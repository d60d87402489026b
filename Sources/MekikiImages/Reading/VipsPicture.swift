import CVips
import Foundation
import MekikiCore

/// A file that libvips has opened: its header is read, its pixels are decoded on demand, once.
///
/// It borrows the file's bytes, which must outlive it, and belongs to one thread.
final class VipsPicture {
    /// The stored picture's width, reduced by shrink-on-load, not yet upright.
    let width: Int

    /// The stored picture's height, reduced by shrink-on-load, not yet upright.
    let height: Int

    private let picture: OpaquePointer
    private let format: ImageFormat
    private let bytes: FileBytes

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: Its format.
    ///   - shrink: For JPEG the factor 1, 2, 4 or 8 by which to reduce while decoding, else 1.
    /// - Throws: `MekikiError` with code `badData` where the header is damaged.
    init(_ bytes: FileBytes, _ format: ImageFormat, shrink: Int = 1) throws {
        guard
            let picture = mekiki_vips_open(
                format.code,
                bytes.address,
                bytes.count,
                Int32(shrink)
            )
        else { throw Self.damage(bytes, format) }
        self.picture = picture
        width = Int(mekiki_vips_width(picture))
        height = Int(mekiki_vips_height(picture))
        self.format = format
        self.bytes = bytes
    }

    deinit {
        mekiki_vips_close(picture)
    }

    /// Lends a binary field of the header, or `nil` where there is none.
    ///
    /// Nothing of it may be kept: the optimiser ends this object's life after its last use, and
    /// the field's with it.
    func withBlob<Result>(_ name: String, _ body: (FileBytes?) -> Result) -> Result {
        withExtendedLifetime(self) {
            var start: UnsafeRawPointer?
            var count = 0
            guard mekiki_vips_blob(picture, name, &start, &count) == 0, let start else {
                return body(nil)
            }
            return body(FileBytes(UnsafeRawBufferPointer(start: start, count: count)))
        }
    }

    /// Decodes into upright 8-bit sRGB over white.
    ///
    /// - Parameters:
    ///   - plan: The size to come to.
    ///   - orientation: EXIF's, 1 to 8.
    ///   - hasOpacity: Whether a band after the colours is opacity.
    /// - Returns: Samples of shape `[height, width, 3]`, upright.
    /// - Throws: `MekikiError` with code `badData` where the file is damaged.
    func render(_ plan: ReductionPlan, orientation: Int, hasOpacity: Bool) throws -> [UInt8] {
        var options = mekiki_render_options()
        options.extent_width = min(Double(width), plan.extentWidth)
        options.extent_height = min(Double(height), plan.extentHeight)
        options.width = Int32(plan.width)
        options.height = Int32(plan.height)
        options.orientation = Int32(orientation)
        options.has_opacity = hasOpacity ? 1 : 0
        if needsRange {
            let range = try Self.range(bytes, format)
            options.low = range.lowerBound
            options.high = range.upperBound
        }
        let count = plan.width * plan.height * 3
        var status: Int32 = 0
        let samples = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            status = withExtendedLifetime(self) {
                mekiki_vips_render(picture, &options, buffer.baseAddress)
            }
            initialized = status == 0 ? count : 0
        }
        guard status == 0 else { throw Self.damage(bytes, format) }
        return samples
    }

    /// Whether the samples have no fixed range, as floating point.
    private var needsRange: Bool {
        withExtendedLifetime(self) { mekiki_vips_needs_range(picture) != 0 }
    }

    /// What stands for black and white in samples without a fixed range.
    ///
    /// 0...1 is what programs that write floating point mean, 0...255 what Pillow does; anything
    /// else is stretched, so that measurements and heights can at least be seen.
    private static func range(
        _ bytes: FileBytes,
        _ format: ImageFormat
    ) throws -> ClosedRange<Double> {
        let whole = try VipsPicture(bytes, format)
        var low = 0.0
        var high = 0.0
        let status = withExtendedLifetime(whole) {
            mekiki_vips_range(whole.picture, &low, &high)
        }
        guard status == 0 else { throw damage(bytes, format) }
        guard low <= high else { return 0...1 }
        if low >= 0 && high <= 1 { return 0...1 }
        if low >= 0 && high <= 255 { return 0...255 }
        return low...high
    }

    private static func damage(_ bytes: FileBytes, _ format: ImageFormat) -> MekikiError {
        let failure = VipsFailure()
        if format.endsTooEarly(bytes) {
            return .cutOff(format, cause: failure)
        }
        return MekikiError(
            .badData,
            """
            The \(format.name) is damaged, or of a kind that can't be decoded. Get the file again, \
            or export it once more.
            """,
            cause: failure
        )
    }
}

extension ImageFormat {
    /// The format's number in C.
    var code: mekiki_format {
        switch self {
        case .jpeg: MEKIKI_FORMAT_JPEG
        case .png: MEKIKI_FORMAT_PNG
        case .webp: MEKIKI_FORMAT_WEBP
        case .gif: MEKIKI_FORMAT_GIF
        case .tiff: MEKIKI_FORMAT_TIFF
        case .heic: MEKIKI_FORMAT_HEIC
        case .avif: MEKIKI_FORMAT_AVIF
        }
    }
}
