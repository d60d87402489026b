import Foundation

/// A small generator with a seed, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A file with a few bytes changed, cut out, or missing at its end.
    mutating func mutated(_ data: Data) -> Data {
        var bytes = [UInt8](data)
        switch Int.random(in: 0..<4, using: &self) {
        case 0:
            bytes.removeLast(Int.random(in: 1..<bytes.count, using: &self))
        case 1:
            let start = Int.random(in: 0..<bytes.count, using: &self)
            bytes.removeSubrange(start..<min(bytes.count, start + 1 + start % 32))
        case 2:
            // Headers hold the numbers that are believed.
            for _ in 0..<3 {
                let index = Int.random(in: 0..<min(bytes.count, 200), using: &self)
                bytes[index] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &self) ?? 0
            }
        default:
            for _ in 0..<6 {
                let index = Int.random(in: 0..<bytes.count, using: &self)
                bytes[index] = UInt8.random(in: 0...255, using: &self)
            }
        }
        return Data(bytes)
    }
}
