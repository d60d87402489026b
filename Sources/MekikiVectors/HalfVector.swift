import CMekikiKernels
import MekikiCore

/// A vector in half precision, as it is stored and compared.
///
/// Half precision keeps 11 significant bits of each component: the cosine of two unit vectors moves
/// by less than 0.001, and a vector takes half the memory and half the time.
public struct HalfVector: Sendable, Hashable {
    /// The components as IEEE 754 binary16 bits, shape `[dimension]`.
    public let bits: [UInt16]

    /// Wraps components.
    ///
    /// - Parameter bits: IEEE 754 binary16 bits.
    public init(bits: [UInt16]) {
        self.bits = bits
    }

    /// Rounds an embedding, to nearest, ties to even.
    ///
    /// - Parameter embedding: The vector in single precision.
    public init(_ embedding: Embedding) {
        let values = embedding.values
        bits = [UInt16](unsafeUninitializedCapacity: values.count) { buffer, count in
            if let destination = buffer.baseAddress {
                mekiki_f16_from_f32(values, destination, values.count)
            }
            count = values.count
        }
    }

    /// Reads components from memory.
    ///
    /// - Parameter bytes: Two bytes a component, lower byte first; an odd count is a programmer's
    ///   mistake and traps.
    public init(bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count.isMultiple(of: 2), "A half-precision component has two bytes.")
        bits = [UInt16](unsafeUninitializedCapacity: bytes.count / 2) { buffer, count in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
            count = bytes.count / 2
        }
    }

    /// The number of components.
    public var dimension: Int { bits.count }

    /// Whether no component is infinite or not a number.
    public var isFinite: Bool { bits.allSatisfy { $0 & 0x7c00 != 0x7c00 } }

    /// The vector in single precision; its length is 1 up to what the rounding changed.
    public var embedding: Embedding {
        let values = [Float](unsafeUninitializedCapacity: bits.count) { buffer, count in
            if let destination = buffer.baseAddress {
                mekiki_f32_from_f16(bits, destination, bits.count)
            }
            count = bits.count
        }
        return Embedding(unit: values)
    }

    /// Gives the components' bytes to a closure, two a component, lower byte first.
    ///
    /// - Parameter body: Reads the bytes, which are gone after it returns.
    /// - Returns: What the closure returned.
    /// - Throws: What the closure threw.
    public func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try bits.withUnsafeBytes(body)
    }
}
