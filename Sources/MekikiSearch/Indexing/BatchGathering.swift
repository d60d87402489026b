import MekikiCore

/// Decides where one batch ends and the next begins: by the items alone, never by who was quicker.
///
/// The encoder is fast with a few pictures at once, and gains nothing by more; a transaction is cheap
/// for many files and should not last long.
struct BatchGathering<Item: Sendable> {
    /// Items that are encoded and committed together.
    struct Batch {
        /// The items in their order.
        var items: [(item: Item, hasPicture: Bool)] = []

        /// The pictures of those that have one.
        var pictures: [PixelBuffer] = []

        /// Bytes of the pictures.
        var pixelBytes: Int64 = 0
    }

    private let options: IndexingOptions
    private var batch = Batch()

    init(_ options: IndexingOptions) {
        self.options = options
    }

    /// Adds an item.
    ///
    /// - Parameters:
    ///   - item: The item.
    ///   - pixels: Its picture, if it has one.
    /// - Returns: The batches that are complete now: none, one, or two.
    mutating func add(_ item: Item, _ pixels: PixelBuffer?) -> [Batch] {
        var complete: [Batch] = []
        let bytes = Int64(pixels?.bytes.count ?? 0)
        if !batch.pictures.isEmpty, batch.pixelBytes + bytes > options.batchPixelBytes {
            complete.append(take())
        }
        batch.items.append((item, pixels != nil))
        if let pixels { batch.pictures.append(pixels) }
        batch.pixelBytes += bytes
        if batch.pictures.count >= options.batchSize || batch.items.count >= options.batchFileLimit
            || batch.pixelBytes >= options.batchPixelBytes
        {
            complete.append(take())
        }
        return complete
    }

    /// The last batch; `nil` when nothing is left.
    mutating func finish() -> Batch? { batch.items.isEmpty ? nil : take() }

    private mutating func take() -> Batch {
        defer { batch = Batch() }
        return batch
    }
}
