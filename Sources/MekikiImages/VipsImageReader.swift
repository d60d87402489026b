import CVips
import Foundation
import MekikiCore

/// Reads JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF with libvips.
///
/// The format is told by the first bytes. Only these six loaders are allowed, whatever else
/// libvips was built with, and limits are checked before anything is decoded. An embedded colour
/// profile is honoured by perceptual conversion to sRGB; without one, numbers are taken as sRGB,
/// and CMYK as ideal inks. Animations give their first frame, TIFF its first page.
///
/// Any number of threads may read at once; a reading runs in the thread that asks for it.
public struct VipsImageReader: ImageReader {
    /// How much a file may be.
    public let limits: ImageLimits

    /// The largest side that WebP can store.
    private static let largestThumbnailSide = 16_383

    private static let thumbnailQuality: Int32 = 80

    /// Creates a reader.
    ///
    /// - Parameter limits: How much a file may be.
    public init(limits: ImageLimits = .default) {
        self.limits = limits
    }

    /// Decodes a file that was read into memory.
    ///
    /// Pixels come whole, or reduced to cover exactly what the original does, with sides of at least
    /// twice `encoderSide`. The thumbnail is made from the same decoding: WebP, never enlarged,
    /// without metadata.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - request: What is wanted of it; sides that aren't positive are programmer's mistakes.
    /// - Returns: The picture and what the file says about itself.
    /// - Throws: `MekikiError` with code `badData` for a file that is no picture of these formats, is
    ///   damaged or too large; `unavailable` where libvips can't be started.
    public func read(_ data: Data, _ request: ImageReadRequest) throws -> ImageReading {
        precondition(request.encoderSide ?? 1 > 0, "An encoder's side has at least one pixel.")
        precondition(
            (1...Self.largestThumbnailSide).contains(request.thumbnailSide ?? 1),
            "A thumbnail's side has 1 to \(Self.largestThumbnailSide) pixels."
        )
        return try data.withUnsafeBytes { try read(FileBytes($0), request) }
    }

    private func read(_ bytes: FileBytes, _ request: ImageReadRequest) throws -> ImageReading {
        try limits.check(byteCount: bytes.count)
        let format = try FileKind(bytes).requireImage()
        let texts = texts(bytes, format)
        guard format == .png, let textless = TextlessPNG(bytes) else {
            return try read(bytes, format, texts, request)
        }
        return try textless.data.withUnsafeBytes {
            try read(FileBytes($0), format, texts, request)
        }
    }

    private func read(
        _ bytes: FileBytes,
        _ format: ImageFormat,
        _ texts: [ImageMetadata.TextChunk],
        _ request: ImageReadRequest
    ) throws -> ImageReading {
        try VipsRuntime.require()
        defer { mekiki_vips_end_thread() }

        try VipsRuntime.requireDecoder(of: format)
        var limits = limits
        limits.pixels = min(limits.pixels, request.pixelLimit ?? limits.pixels)
        if format.isHEIF { try HEIFOutline(bytes, format).check(limits) }
        let header = try VipsPicture(bytes, format)
        try limits.check(width: header.width, height: header.height)
        let exif =
            switch format {
            case .tiff: ExifFields(bytes)
            // libvips doesn't see what stands behind the pixels, and knows older ways to write it.
            case .png:
                PNGChunks(bytes).first { $0.type == "eXIf" }.map { ExifFields($0.content) }
                    ?? header.withBlob("exif-data") { ExifFields($0) }
            case .jpeg, .webp, .gif, .heic, .avif:
                header.withBlob("exif-data") { ExifFields($0) }
            }
        // HEIF turns by properties of its own, which libheif has applied; EXIF's field is a copy.
        let orientation = format.isHEIF ? 1 : exif.orientation
        let isTurned = orientation >= 5
        let embedded = EmbeddedMetadata(bytes, format, header, exif)
        let allTexts = texts + embedded.texts
        var reading = ImageReading(
            format: format,
            width: isTurned ? header.height : header.width,
            height: isTurned ? header.width : header.height,
            metadata: ImageMetadata(
                takenAt: embedded.takenAt,
                cameraMake: embedded.cameraMake,
                cameraModel: embedded.cameraModel,
                lens: embedded.lens,
                rating: embedded.words.rating,
                latitude: embedded.place?.latitude,
                longitude: embedded.place?.longitude,
                textChunks: allTexts,
                words: embedded.words.words,
                generation: GenerationReader.generation(in: allTexts),
                provenance: embedded.provenance
            ),
            pixels: nil,
            thumbnail: nil
        )
        guard request.encoderSide != nil || request.thumbnailSide != nil else { return reading }

        let stored = Stored(
            bytes: bytes,
            picture: header,
            orientation: orientation,
            hasOpacity: format != .tiff || !exif.firstExtraBandIsUnspecified
        )
        let pixels = try decode(stored, reading, request)
        if request.encoderSide != nil { reading.pixels = pixels }
        reading.thumbnail = try request.thumbnailSide.map { try thumbnail(of: pixels, side: $0) }
        return reading
    }

    private func texts(_ bytes: FileBytes, _ format: ImageFormat) -> [ImageMetadata.TextChunk] {
        switch format {
        case .png: PNGTextChunks(bytes).chunks
        case .gif: GIFComments(bytes).chunks
        case .jpeg, .webp, .tiff, .heic, .avif: []
        }
    }

    /// A picture as it lies in its file, and how it is to be shown.
    private struct Stored {
        var bytes: FileBytes
        var picture: VipsPicture
        var orientation: Int
        var hasOpacity: Bool
    }

    private func decode(
        _ stored: Stored,
        _ reading: ImageReading,
        _ request: ImageReadRequest
    ) throws -> PixelBuffer {
        let (bytes, header, format) = (stored.bytes, stored.picture, reading.format)
        let outline = format == .jpeg ? JPEGOutline(bytes) : nil
        try limits.check(scans: outline?.scans ?? 1, width: header.width, height: header.height)
        let plan = ReductionPlan(
            format: format,
            width: header.width,
            height: header.height,
            request: request,
            hasUnevenChroma: outline?.hasUnevenChroma ?? false
        )
        let picture =
            plan.shrink == 1 ? header : try VipsPicture(bytes, format, shrink: plan.shrink)
        let samples = try picture.render(
            plan,
            orientation: stored.orientation,
            hasOpacity: stored.hasOpacity
        )
        let isTurned = stored.orientation >= 5
        return PixelBuffer(
            width: isTurned ? plan.height : plan.width,
            height: isTurned ? plan.width : plan.height,
            bytes: samples,
            originalWidth: reading.width,
            originalHeight: reading.height
        )
    }

    private func thumbnail(of pixels: PixelBuffer, side: Int) throws -> Data {
        // From the original's sides: those of the reduced picture are rounded already.
        let longer = max(pixels.originalWidth, pixels.originalHeight)
        let scale = min(1, Double(side) / Double(longer))
        let width = max(1, Int((Double(pixels.originalWidth) * scale).rounded()))
        let height = max(1, Int((Double(pixels.originalHeight) * scale).rounded()))
        var encoded: UnsafeMutableRawPointer?
        var count = 0
        let status = mekiki_webp(
            pixels.bytes,
            Int32(pixels.width),
            Int32(pixels.height),
            Int32(width),
            Int32(height),
            Self.thumbnailQuality,
            &encoded,
            &count
        )
        defer { mekiki_webp_free(encoded) }
        guard status == 0, let encoded else {
            throw MekikiError(
                .inputOutput,
                "The thumbnail can't be encoded as WebP; is there enough memory?"
            )
        }
        return Data(bytes: encoded, count: count)
    }
}
