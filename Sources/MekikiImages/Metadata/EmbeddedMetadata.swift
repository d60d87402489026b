import MekikiCore

/// What a file says about its picture beside the picture: EXIF, XMP, IPTC, comments and content credentials,
/// put together.
///
/// The texts of PNG and GIF files are read before, by themselves.
struct EmbeddedMetadata {
    /// What people and programs wrote about the picture.
    let words: PhotographWords

    /// Texts of generators, which are also kept as they are.
    let texts: [ImageMetadata.TextChunk]

    /// When the picture was taken, without a zone.
    let takenAt: String?

    /// The camera's maker.
    let cameraMake: String?

    /// The camera's model.
    let cameraModel: String?

    /// The lens.
    let lens: String?

    /// Where the picture was taken.
    let place: GPSPlace?

    /// What the file declares about how it came to be.
    let provenance: Provenance?

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: Its format.
    ///   - picture: The file as libvips has opened it, which knows where EXIF, XMP and IPTC stand.
    ///   - exif: Its EXIF fields.
    init(_ bytes: FileBytes, _ format: ImageFormat, _ picture: VipsPicture, _ exif: ExifFields) {
        let segments = format == .jpeg ? JPEGSegments(bytes) : nil
        let packets = Self.packets(bytes, format, picture, segments)
        let xmp = XMPPackets(packets)
        words = PhotographWords(
            xmp,
            picture.withBlob("iptc-data") { IPTCFields($0) },
            exif
        )
        var texts = exif.texts
        texts += (segments?.comments ?? []).map { .init(key: GIFComments.key, text: $0) }
        for (name, key) in [
            ("exif:UserComment", XMPPacket.commentKey), ("comfy:prompt", "prompt"),
            ("comfy:workflow", "workflow"), ("xmp:CreatorTool", XMPPacket.toolKey),
        ] {
            if let text = xmp[name] { texts.append(.init(key: key, text: text)) }
        }
        self.texts = texts
        takenAt =
            exif.takenAt
            ?? ["exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate"].lazy
            .compactMap { xmp[$0].flatMap { ExifDate($0)?.description } }.first
        cameraMake = exif.make ?? xmp["tiff:Make"]
        cameraModel = exif.model ?? xmp["tiff:Model"]
        lens = exif.lens ?? xmp["exifEX:LensModel"] ?? xmp["aux:Lens"]
        place = exif.place ?? GPSPlace(xmp)
        provenance =
            ContentCredentials(bytes, format, segments).provenance ?? Self.declared(in: xmp)
    }

    /// The packets of a file: a JPEG may have a second one for what the first has no room for.
    private static func packets(
        _ bytes: FileBytes,
        _ format: ImageFormat,
        _ picture: VipsPicture,
        _ segments: JPEGSegments?
    ) -> [XMPPacket] {
        var packets = [picture.withBlob("xmp-data") { XMPPacket($0) }]
        if let more = segments?.extendedXMP, !more.isEmpty {
            packets.append(more.withUnsafeBytes { XMPPacket(FileBytes($0)) })
        }
        switch format {
        case .png:
            // libvips reads no texts behind the pixels, and none at all of a file with too many.
            let texts = PNGTextChunks(bytes).chunks.filter { $0.key == XMPPacket.pngKey }
            packets += texts.prefix(1).map { text in
                Array(text.text.utf8).withUnsafeBytes { XMPPacket(FileBytes($0)) }
            }
        case .gif:
            packets.append(GIFPacket(bytes).bytes.withUnsafeBytes { XMPPacket(FileBytes($0)) })
        case .jpeg, .webp, .tiff, .heic, .avif: break
        }
        return packets
    }

    /// What XMP declares: the kind of source that IPTC defines, and what a service writes as credit.
    private static func declared(in xmp: XMPPackets) -> Provenance? {
        let credit = xmp["photoshop:Credit"]
        let isOfGoogle = credit == "Made with Google AI"
        let type = xmp["iptcExt:DigitalSourceType"]
        guard isOfGoogle || type.map(ContentCredentials.isOfModel) ?? false else { return nil }
        return Provenance(
            source: "xmp",
            isGenerated: true,
            isEdited: type?.hasSuffix("compositeWithTrainedAlgorithmicMedia") ?? false,
            generator: isOfGoogle ? "Google AI" : xmp["xmp:CreatorTool"]
        )
    }
}
