import MekikiCore

/// A page of a library's images, newest first.
public struct ImagePage: Sendable, Equatable {
    /// The images.
    public var images: [ShownImage]

    /// How many images the library shows in all.
    public var total: Int

    /// How many newer ones were passed over.
    public var offset: Int

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - total: How many there are in all.
    ///   - offset: How many newer ones were passed over.
    public init(images: [ShownImage], total: Int, offset: Int) {
        self.images = images
        self.total = total
        self.offset = offset
    }

    /// Reads a page from a catalog.
    ///
    /// - Parameters:
    ///   - store: The catalog.
    ///   - limit: How many images are wanted, 1 or more.
    ///   - offset: How many newer ones are passed over.
    /// - Throws: `MekikiError` with code `usage` for other numbers; what the catalog throws.
    public init(of store: any ImageStore, limit: Int, offset: Int) async throws {
        guard limit > 0 else {
            throw MekikiError(.usage, "The number of images must be 1 or more.", subject: "limit")
        }
        guard offset >= 0 else {
            throw MekikiError(.usage, "The offset must be 0 or more.", subject: "offset")
        }
        let records = try await store.newest(limit: limit, offset: offset)
        let files = try await store.files(of: records.map(\.id))
        images = records.map { ShownImage(image: $0, files: files[$0.id] ?? []) }
        total = try await store.imageCount()
        self.offset = offset
    }
}
