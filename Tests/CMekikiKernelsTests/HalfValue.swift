import Foundation

/// IEEE 754 binary16, by its definition: independent of the kernels, and of `Float16`, which not
/// every platform has.
enum HalfValue {
    /// The value of a half that is a number; infinities and NaN as such.
    static func double(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1f)
        let fraction = Double(bits & 0x3ff)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1 + fraction / 1024) * pow(2, Double(exponent - 15))
        }
    }
}
