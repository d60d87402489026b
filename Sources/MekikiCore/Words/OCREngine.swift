/// The role that reads the text in pictures.
public protocol OCREngine: Sendable {
    /// What is written down with the work, so that another engine or setting does it anew.
    var version: String { get }

    /// Reads pictures, in the order given.
    ///
    /// - Parameter pictures: Upright sRGB pictures of any size.
    /// - Returns: For each picture the lines in reading order, none where there is no text, or why it
    ///   could not be read.
    /// - Throws: `MekikiError` when the engine itself is missing or fails.
    func read(_ pictures: [PixelBuffer]) async throws -> [Result<[TextLine], MekikiError>]
}
