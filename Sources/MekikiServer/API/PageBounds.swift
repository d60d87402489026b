/// How much a client may ask for at once.
enum PageBounds {
    /// How many images or hits.
    static let limits = 1...200

    /// How many may be passed over.
    static let offsets = 0...1_000_000_000
}
