/// A score drawn as a bar of eighth blocks.
enum ScoreBar {
    private static let eighths: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// A bar of a given width.
    ///
    /// - Parameters:
    ///   - fraction: The filled share; what lies outside 0 to 1 is brought to its ends, and what is
    ///     no number is empty.
    ///   - width: Columns.
    /// - Returns: As many characters as columns.
    static func drawn(_ fraction: Float, width: Int) -> String {
        let share = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let filled = Int((share * Float(width * 8)).rounded())
        return String((0..<width).map { eighths[min(max(filled - $0 * 8, 0), 8)] })
    }
}
