/// A run of numbers, a file of the archive, that tensors are views of.
struct TorchStorage: Sendable {
    /// The file's name below `data/`.
    var key: String

    /// The type of the numbers; `nil` where the tensors say it.
    var element: StoredElement?

    /// How many numbers it claims; of bytes where the tensors say the type.
    var count: Int

    /// The types by the names of the classes that PyTorch has for storages.
    static let elements: [String: StoredElement] = [
        "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
        "DoubleStorage": .float64, "LongStorage": .int64, "IntStorage": .int32,
        "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8,
        "BoolStorage": .bool, "ComplexFloatStorage": .complex64,
    ]

    /// Reads a persistent id: `('storage', class, key, device, count)`.
    ///
    /// - Returns: `nil` where it is something else.
    init?(_ id: PickleValue, in graph: PickleGraph) {
        guard let parts = graph.elements(id), parts.count >= 5, parts[0] == .string("storage"),
            case .global(let name) = parts[1], case .string(let key) = parts[2],
            case .integer(let count) = parts[4], count >= 0
        else { return nil }
        let type = name.split(separator: ".")
        guard type.first == "torch", let last = type.last else { return nil }
        // A class that isn't known is one whose tensors can't be read, and no damage.
        if let element = Self.elements[String(last)] {
            self.element = element
        } else if last != "UntypedStorage" {
            return nil
        }
        self.key = key
        self.count = count
    }
}
