import CMekikiKernels

/// The element types that files of tensors hold, by the names that the safetensors format has for them.
public enum StoredElement: String, Sendable, CaseIterable {
    /// Truth values of one byte.
    case bool = "BOOL"
    /// Unsigned bytes.
    case uint8 = "U8"
    /// Signed bytes.
    case int8 = "I8"
    /// 8-bit floating point with 5 exponent bits.
    case float8E5M2 = "F8_E5M2"
    /// 8-bit floating point with 4 exponent bits.
    case float8E4M3 = "F8_E4M3"
    /// 8-bit powers of two, the scales of microscaling formats.
    case float8E8M0 = "F8_E8M0"
    /// Signed 16-bit integers.
    case int16 = "I16"
    /// Unsigned 16-bit integers.
    case uint16 = "U16"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// bfloat16.
    case bfloat16 = "BF16"
    /// Signed 32-bit integers.
    case int32 = "I32"
    /// Unsigned 32-bit integers.
    case uint32 = "U32"
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// Complex numbers of two float32.
    case complex64 = "C64"
    /// IEEE 754 double precision.
    case float64 = "F64"
    /// Signed 64-bit integers.
    case int64 = "I64"
    /// Unsigned 64-bit integers.
    case uint64 = "U64"

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .complex64, .float64, .int64, .uint64: 8
        }
    }

    /// Whether weights of this type can be loaded: the rest are buffers that no layer reads.
    public var isWeight: Bool { self == .float32 || self == .float16 || self == .bfloat16 }

    /// Converts elements that lie at any address to float32.
    ///
    /// - Parameters:
    ///   - from: The first element; of a type that weights have.
    ///   - to: Room for the numbers.
    ///   - count: The number of elements.
    func convert(
        _ from: UnsafeRawPointer,
        _ to: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        switch self {
        case .float16: mekiki_convert_f16_f32(from, to, Int64(count))
        case .bfloat16: mekiki_convert_bf16_f32(from, to, Int64(count))
        default: UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: count * 4)
        }
    }
}
