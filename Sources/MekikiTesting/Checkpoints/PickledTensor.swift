/// What a checkpoint says about a tensor, true or not.
public struct PickledTensor: Sendable {
    /// The class of its storage, such as `FloatStorage`.
    public var storage: String

    /// The file of its storage below `data/`.
    public var key: String

    /// The numbers that the storage claims to have.
    public var storageCount: Int

    /// The first number's place in the storage.
    public var offset = 0

    /// The extents.
    public var shape: [Int]

    /// How far neighbours along each extent are apart.
    public var strides: [Int]

    /// Describes a tensor that has a storage for itself, row by row.
    ///
    /// - Parameters:
    ///   - storage: The class of its storage.
    ///   - key: The file of its storage below `data/`.
    ///   - shape: The extents.
    public init(_ storage: String, key: String, shape: [Int]) {
        self.storage = storage
        self.key = key
        self.shape = shape
        strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        storageCount = shape.reduce(1, *)
    }
}
