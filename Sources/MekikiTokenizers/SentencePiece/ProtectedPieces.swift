/// Pieces that a model's user defined: they are found in the text before anything else happens.
struct ProtectedPieces: Sendable {
    /// By first byte, the longest first.
    private var pieces: [UInt8: [[UInt8]]] = [:]

    init(_ pieces: some Sequence<[UInt8]>) {
        for piece in pieces {
            guard let first = piece.first else { continue }
            self.pieces[first, default: []].append(piece)
        }
        for key in self.pieces.keys { self.pieces[key]?.sort { $0.count > $1.count } }
    }

    /// The length of the longest piece at a position.
    func match(in text: [UInt8], at start: Int) -> Int? {
        guard !pieces.isEmpty, let candidates = pieces[text[start]] else { return nil }
        return candidates.first { text[start...].starts(with: $0) }?.count
    }
}
