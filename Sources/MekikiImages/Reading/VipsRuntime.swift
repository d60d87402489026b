import CVips
import MekikiCore

/// libvips, started once for the process.
enum VipsRuntime {
    /// Swift runs this once, whichever thread comes first, and the others wait.
    private static let isStarted = mekiki_vips_start() == 0

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
