import Foundation
import MekikiCore

/// The weights in a file that `torch.save` made: `pytorch_model.bin` and the like, mapped and checked.
///
/// Such a file is a zip archive of one pickle, which describes the tensors, and of their numbers as they
/// lie in memory. Reading a pickle in Python runs what it says; `PickleReader` reads it as data. The
/// numbers are used where they lie, as those of safetensors are.
public final class TorchCheckpoint: TensorFile {
    /// The file.
    public let file: MappedFile

    /// Every tensor that can be read, by name.
    public let entries: [String: TensorEntry]

    /// Tensors of other forms: transposed views, sparse and quantised ones.
    public let refusals: [String: String]

    /// The length of a description that is read; that of a thousand tensors has 100,000 bytes.
    static let maximumPickleBytes = 64_000_000

    /// Maps a file and reads what it describes.
    ///
    /// - Parameter url: The file.
    /// - Throws: `MekikiError` with code `noInput` when it can't be opened, `badData` when it is damaged,
    ///   and `configuration` when it is of a form that isn't read, such as that before PyTorch 1.6.
    /// - Complexity: O(n) in the length of the description; the numbers are not touched.
    public init(contentsOf url: URL) throws {
        file = try MappedFile(url)
        do {
            (entries, refusals) = try Self.read(file.bytes)
        } catch var error as MekikiError {
            error.subject = error.subject ?? url.path
            throw error
        }
    }

    /// Reads and checks a whole file's bytes.
    static func read(
        _ bytes: UnsafeRawBufferPointer
    ) throws -> (entries: [String: TensorEntry], refusals: [String: String]) {
        try checkFormat(bytes)
        let archive = try StoredArchive(bytes)
        let prefix = try prefix(of: archive)
        if let order = archive.files[prefix + "byteorder"], bytes[order].elementsEqual("big".utf8) {
            throw MekikiError.unreadCheckpoint("has its numbers in the order of another processor")
        }
        guard let pickle = archive.files[prefix + "data.pkl"] else {
            throw MekikiError.damagedCheckpoint("has no data.pkl")
        }
        guard pickle.count <= maximumPickleBytes else {
            throw MekikiError.unreadCheckpoint(
                "has a data.pkl of \(pickle.count) bytes, more than weights need"
            )
        }
        let (root, graph) = try PickleReader.read(UnsafeRawBufferPointer(rebasing: bytes[pickle]))
        var entries: [String: TensorEntry] = [:]
        var refusals: [String: String] = [:]
        for (name, tensor) in try StateDictionary.tensors(of: root, in: graph) {
            switch tensor {
            case .unread(let reason): refusals[name] = reason
            case .view(let view) where view.count != nil && !view.isContiguous:
                refusals[name] = "not stored row by row (strides \(view.strides))"
            case .view(let view):
                let numbers = archive.files[prefix + "data/" + view.storage.key]
                entries[name] = try entry(of: view, named: name, in: numbers)
            }
        }
        return (entries, refusals)
    }

    /// Says which other kind of file this is, where it is a known one.
    private static func checkFormat(_ bytes: UnsafeRawBufferPointer) throws {
        func starts(_ beginning: [UInt8]) -> Bool { bytes.starts(with: beginning) }
        if starts(Array("PK".utf8)) { return }
        // A pickle of protocol 2 that starts with a long integer: the form's own number.
        if starts([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]) {
            throw MekikiError.unreadCheckpoint(
                "has the form that PyTorch wrote before its version 1.6"
            )
        }
        if starts(Array("version https://git-lfs".utf8)) {
            throw MekikiError(
                .badData,
                "This file only says where the weights are (it is a pointer of Git LFS). Fetch the "
                    + "model again, with its large files."
            )
        }
        throw MekikiError.damagedCheckpoint("is no zip archive")
    }

    /// What stands before the name of each of the archive's files: the name it was saved under.
    private static func prefix(of archive: StoredArchive) throws -> String {
        let name = "data.pkl"
        let found = archive.files.keys.filter {
            $0 == name
                || ($0.hasSuffix("/" + name) && $0.utf8.count { $0 == UInt8(ascii: "/") } == 1)
        }
        guard let only = found.first, found.count == 1 else {
            throw MekikiError.damagedCheckpoint(
                found.isEmpty ? "has no data.pkl" : "has more than one data.pkl"
            )
        }
        return String(only.dropLast(name.count))
    }

    /// Compares what is said about a tensor with the file that has its numbers.
    private static func entry(
        of view: TorchTensor.View,
        named name: String,
        in numbers: Range<Int>?
    ) throws -> TensorEntry {
        guard let numbers else {
            throw MekikiError.damagedCheckpoint("lacks the numbers of '\(name.shortened)'")
        }
        let size = view.element.byteCount
        let claimed = view.storage.count.multipliedReportingOverflow(
            by: view.storage.element?.byteCount ?? 1
        )
        guard !claimed.overflow, claimed.partialValue <= numbers.count else {
            throw MekikiError.damagedCheckpoint(
                "has fewer numbers for '\(name.shortened)' than it says"
            )
        }
        let room = claimed.partialValue / size
        guard let count = view.count, view.offset <= room, count <= room - view.offset else {
            throw MekikiError.damagedCheckpoint(
                "gives '\(name.shortened)' a shape beyond its numbers"
            )
        }
        let start = numbers.lowerBound + view.offset * size
        return TensorEntry(
            element: view.element,
            shape: view.shape,
            bytes: start..<start + count * size
        )
    }
}
