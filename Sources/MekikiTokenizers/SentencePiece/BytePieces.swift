/// The pieces `<0x00>` to `<0xFF>`, which spell out what a vocabulary has no piece for.
struct BytePieces: Sendable {
    /// The id of each byte; -1 where the vocabulary has none.
    private let ids: [Int32]

    init(_ id: (String) -> Int32?) {
        ids = (0...255).map { id(Self.name(of: $0)) ?? -1 }
    }

    /// The piece of a byte.
    static func name(of byte: Int) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "<0x\(digits.count == 1 ? "0" : "")\(digits)>"
    }

    /// The ids of bytes, `nil` when one of them has none.
    func ids(of bytes: some Collection<UInt8>) -> [Int32]? {
        var result: [Int32] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            guard ids[Int(byte)] >= 0 else { return nil }
            result.append(ids[Int(byte)])
        }
        return result
    }
}
