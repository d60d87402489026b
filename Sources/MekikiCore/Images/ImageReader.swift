import Foundation

/// The role that turns an image file into pixels, a thumbnail and metadata.
///
/// Reading is work for the processor and the disk: call it from worker threads, several at once.
public protocol ImageReader: Sendable {
    /// Decodes a file that was read into memory.
    ///
    /// The picture comes upright, in sRGB, with transparency laid over white. Size limits are
    /// checked before anything is decoded.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - request: What is wanted of it.
    /// - Returns: What was read.
    /// - Throws: `MekikiError` with code `badData` and a sentence that says what is wrong.
    func read(_ data: Data, _ request: ImageReadRequest) throws -> ImageReading
}
