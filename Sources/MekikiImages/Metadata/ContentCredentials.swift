import MekikiCore

/// What a file's content credentials declare (C2PA 2.1): boxes of JUMBF (ISO 19566-5) with claims and
/// assertions in CBOR.
///
/// Signatures are not checked, so all of it is what somebody declared, and may be false.
struct ContentCredentials {
    /// What is declared; `nil` where there are no credentials.
    let provenance: Provenance?

    private static let deepest = 12

    /// What IPTC calls pictures that a model made, or made a part of.
    static func isOfModel(_ sourceType: String) -> Bool {
        let name = sourceType.split(separator: "/").last.map(String.init)
        return name == "trainedAlgorithmicMedia" || name == "compositeWithTrainedAlgorithmicMedia"
    }

    /// Reads boxes.
    ///
    /// - Parameter bytes: The boxes as they stand in a file; `nil` where it has none.
    init(_ bytes: FileBytes?) {
        guard let bytes else {
            provenance = nil
            return
        }
        var found = Found()
        Self.read(ISOBoxes(bytes), "", &found, depth: 0)
        provenance =
            found.isAny
            ? Provenance(
                source: "c2pa",
                isGenerated: found.isGenerated,
                isEdited: found.isEdited,
                generator: found.generator
            ) : nil
    }

    private struct Found {
        var isAny = false
        var isGenerated = false
        var isEdited = false
        var generator: String?
    }

    private static func read(_ boxes: ISOBoxes, _ label: String, _ found: inout Found, depth: Int) {
        guard depth < deepest else { return }
        var label = label
        for box in boxes {
            switch box.type {
            case "jumb": read(ISOBoxes(box.content), "", &found, depth: depth + 1)
            // A UUID, flags, and a name that ends with a NUL.
            case "jumd":
                let end = box.content.firstIndex(of: 0, from: 17) ?? box.content.count
                label = box.content.slice(17, count: max(0, end - 17))?.text ?? ""
            case "cbor":
                guard let value = CBORValue(box.content) else { continue }
                if label.hasPrefix("c2pa.claim") { readClaim(value, &found) }
                if label.hasPrefix("c2pa.actions") { readActions(value, &found) }
            default: break
            }
        }
    }

    /// The last claim is the active one, so its program's name stays.
    private static func readClaim(_ claim: CBORValue, _ found: inout Found) {
        found.isAny = true
        let info = claim["claim_generator_info"]?.elements.lazy.compactMap { $0["name"]?.string }
        // `OpenAI-API c2pa-rs/0.28.4`: the program, then its libraries.
        let agent = claim["claim_generator"]?.string?.split(separator: " ").first.map(String.init)
        found.generator = info?.first ?? agent ?? found.generator
    }

    private static func readActions(_ assertion: CBORValue, _ found: inout Found) {
        found.isAny = true
        for action in assertion["actions"]?.elements ?? [] {
            let isOfModel = (action["digitalSourceType"]?.string).map(isOfModel) ?? false
            found.isGenerated = found.isGenerated || isOfModel
            let agent = action["softwareAgent"]?.string ?? action["softwareAgent"]?["name"]?.string
            if isOfModel, found.generator == nil { found.generator = agent }
            if let name = action["action"]?.string, edits.contains(name) { found.isEdited = true }
        }
    }

    /// The actions of the specification that change what is seen.
    private static let edits: Set<String> = [
        "c2pa.color_adjustments", "c2pa.cropped", "c2pa.drawing", "c2pa.edited", "c2pa.filtered",
        "c2pa.placed", "c2pa.removed", "c2pa.redacted", "c2pa.watermarked",
    ]
}

extension ContentCredentials {
    /// Reads the credentials of a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: Its format.
    ///   - segments: A JPEG's segments.
    init(_ bytes: FileBytes, _ format: ImageFormat, _ segments: JPEGSegments?) {
        switch format {
        case .jpeg:
            let boxes = segments?.boxes ?? []
            self = boxes.withUnsafeBytes { Self($0.isEmpty ? nil : FileBytes($0)) }
        case .png: self.init(PNGChunks(bytes).first { $0.type == "caBX" }?.content)
        case .webp: self.init(RIFFChunks(bytes).first { $0.type == "C2PA" }?.content)
        case .heic, .avif: self.init(Self.box(in: bytes))
        case .gif, .tiff: self.init(nil)
        }
    }

    /// The box of an ISO file: a UUID, a version, what it is for, where a tree of hashes begins.
    private static func box(in bytes: FileBytes) -> FileBytes? {
        let uuid: [UInt8] = [
            0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E,
            0xC4, 0x81,
        ]
        for box in ISOBoxes(bytes) where box.type == "uuid" && box.content.starts(with: uuid) {
            guard let end = box.content.firstIndex(of: 0, from: 20),
                box.content.has("manifest", at: 20)
            else { continue }
            return box.content.dropping(end + 1 + 8)
        }
        return nil
    }
}
