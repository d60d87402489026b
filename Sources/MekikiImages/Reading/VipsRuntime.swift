import CVips
import MekikiCore

/// libvips, started once for the process.
enum VipsRuntime {
    /// Swift runs this once, whichever thread comes first, and the others wait.
    private static let isStarted = mekiki_vips_start() == 0

    /// Asked once, because the answer doesn't change while the process runs.
    private static let decodesHEIC = mekiki_vips_decodes(MEKIKI_FORMAT_HEIC) != 0
    private static let decodesAVIF = mekiki_vips_decodes(MEKIKI_FORMAT_AVIF) != 0

    /// Makes sure that there is a decoder for a format.
    static func requireDecoder(of format: ImageFormat) throws {
        let isThere =
            switch format {
            case .heic: decodesHEIC
            case .avif: decodesAVIF
            case .jpeg, .png, .webp, .gif, .tiff: true
            }
        guard isThere else {
            throw MekikiError(
                .badData,
                "The picture library of this machine can't decode \(format.name). Install libheif "
                    + "with its decoders, or convert the picture to JPEG."
            )
        }
    }

    /// Makes sure that libvips runs.
    static func require() throws {
        guard isStarted else {
            throw MekikiError(
                .unavailable,
                "The picture library libvips can't be started. Is it installed as a whole?"
            )
        }
    }
}
