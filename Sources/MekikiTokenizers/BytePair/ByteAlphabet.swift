/// The letters that byte-level vocabularies write bytes with.
///
/// GPT-2 gave every byte a printable letter, so that vocabularies can be read and no piece contains
/// a blank: bytes that print in Latin-1 stand for themselves, the other 68 for U+0100 onwards, in
/// ascending order.
enum ByteAlphabet {
    /// The letter of every byte.
    static let letters: [Unicode.Scalar] = {
        var next: UInt8 = 0
        return (UInt8.min...UInt8.max).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
            default:
                defer { next += 1 }
                // 0x100 + 67 is well below the surrogates.
                return Unicode.Scalar(0x100 + UInt32(next)) ?? "\u{FFFD}"
            }
        }
    }()
}
