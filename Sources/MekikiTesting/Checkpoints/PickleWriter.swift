/// Writes pickles, instruction by instruction, as PyTorch's checkpoints have them.
public struct PickleWriter: Sendable {
    /// What is written so far.
    public private(set) var bytes: [UInt8] = [0x80, 2]

    /// Starts a pickle of protocol 2.
    public init() {}

    /// Writes instructions as they are.
    ///
    /// - Parameter instructions: Their bytes.
    public mutating func write(_ instructions: [UInt8]) { bytes += instructions }

    /// Writes a text of any length.
    ///
    /// - Parameter text: The text.
    public mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "X"))
        let utf8 = Array(text.utf8)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: utf8.count >> (8 * $0)) } + utf8
    }

    /// Writes an integer.
    ///
    /// - Parameter value: The integer.
    public mutating func integer(_ value: Int) {
        bytes += [0x8a, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Writes the name of a class or function.
    ///
    /// - Parameters:
    ///   - module: The module that it is in.
    ///   - name: Its name there.
    public mutating func global(_ module: String, _ name: String) {
        bytes += Array("c\(module)\n\(name)\n".utf8)
    }

    /// Writes a tuple of integers.
    ///
    /// - Parameter values: The integers.
    public mutating func tuple(_ values: [Int]) {
        bytes.append(UInt8(ascii: "("))
        for value in values { integer(value) }
        bytes.append(UInt8(ascii: "t"))
    }

    /// Writes what describes a tensor.
    ///
    /// - Parameter tensor: The tensor.
    public mutating func tensor(_ tensor: PickledTensor) {
        global("torch._utils", "_rebuild_tensor_v2")
        write(Array("((".utf8))
        text("storage")
        global("torch", tensor.storage)
        text(tensor.key)
        text("cpu")
        integer(tensor.storageCount)
        write(Array("tQ".utf8))
        integer(tensor.offset)
        tuple(tensor.shape)
        tuple(tensor.strides)
        write([0x89])
        global("collections", "OrderedDict")
        write(Array(")RtR".utf8))
    }

    /// Writes a dictionary of tensors and the end.
    ///
    /// - Parameter tensors: The tensors by name.
    /// - Returns: The whole pickle.
    public static func dictionary(_ tensors: [(String, PickledTensor)]) -> [UInt8] {
        var writer = PickleWriter()
        writer.write(Array("}(".utf8))
        for (name, tensor) in tensors {
            writer.text(name)
            writer.tensor(tensor)
        }
        writer.write(Array("u.".utf8))
        return writer.bytes
    }
}
