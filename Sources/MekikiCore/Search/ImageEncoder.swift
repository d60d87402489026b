/// The role that turns pictures into vectors.
public protocol ImageEncoder: Sendable {
    /// The space that the vectors live in.
    var space: VectorSpace { get }

    /// The side of the square that pictures are resized to, in pixels: readers need not deliver
    /// more than a small multiple of it.
    var inputSide: Int { get }

    /// Encodes pictures, in the order given.
    ///
    /// - Parameter pictures: Upright sRGB pictures of any size.
    /// - Returns: One unit vector a picture.
    /// - Throws: `MekikiError` when the model can't be loaded.
    func encode(_ pictures: [PixelBuffer]) async throws -> [Embedding]
}
