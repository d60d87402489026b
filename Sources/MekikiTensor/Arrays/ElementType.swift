import COneDNN

/// The number types that tensors hold and layers compute in.
public enum ElementType: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32
    /// The upper half of a float32: its range with 8 significant bits.
    case bfloat16

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .float32: 4
        case .bfloat16: 2
        }
    }

    var oneDNN: mekiki_element_t {
        switch self {
        case .float32: MEKIKI_ELEMENT_F32
        case .bfloat16: MEKIKI_ELEMENT_BF16
        }
    }
}
