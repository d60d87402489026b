import MekikiCore

/// A mapped file of named tensors, whatever its format.
public protocol TensorFile: AnyObject, Sendable {
    /// The file.
    var file: MappedFile { get }

    /// Every tensor that can be read, by name.
    var entries: [String: TensorEntry] { get }

    /// Tensors that the file holds in a form that can't be read, by name: what that form is, as it
    /// follows "is".
    var refusals: [String: String] { get }
}

extension TensorFile {
    /// The bytes of a tensor.
    ///
    /// They may start at any address. They are valid as long as this object lives.
    ///
    /// - Parameter entry: One of this file's entries.
    /// - Returns: The mapped bytes.
    public func bytes(of entry: TensorEntry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes])
    }

    /// A tensor's elements as float32.
    ///
    /// - Parameter name: The tensor's name.
    /// - Returns: Its elements, row-major.
    /// - Throws: `MekikiError` with code `badData` when there is no such tensor or its elements are
    ///   no F32, F16 or BF16.
    public func floats(named name: String) throws -> [Float] {
        guard let entry = entries[name] else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' is \(refusals[name] ?? "missing from this file").",
                subject: file.url.path
            )
        }
        return try floats(of: entry, named: name)
    }

    func checkIsWeight(_ entry: TensorEntry, named name: String) throws {
        guard entry.element.isWeight else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' holds \(entry.element.rawValue); weights are F32, F16 or "
                    + "BF16.",
                subject: file.url.path
            )
        }
    }

    func floats(of entry: TensorEntry, named name: String) throws -> [Float] {
        try checkIsWeight(entry, named: name)
        let source = bytes(of: entry)
        return Array(unsafeUninitializedCapacity: entry.count) { buffer, count in
            count = entry.count
            guard let to = buffer.baseAddress, let from = source.baseAddress else { return }
            entry.element.convert(from, to, count: count)
        }
    }
}
