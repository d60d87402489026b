import Foundation
import MekikiCore

/// A file of named tensors in the safetensors format, mapped and checked.
///
/// The format is 8 bytes of header length, a JSON header, and the bytes that it describes. Every
/// statement of the header is compared with the file before anything is read by it.
public final class Safetensors: TensorFile {
    /// The file.
    public let file: MappedFile

    /// Every tensor, by name.
    public let entries: [String: TensorEntry]

    /// None: the format has one form only.
    public let refusals: [String: String] = [:]

    /// What the writer noted, such as `format`.
    public let metadata: [String: String]

    /// The length that the format allows a header.
    static let maximumHeaderBytes = 100_000_000

    /// Maps a file and reads its header.
    ///
    /// - Parameter url: The file.
    /// - Throws: `MekikiError` with code `noInput` when it can't be opened and `badData` when it is
    ///   not a complete safetensors file.
    /// - Complexity: O(n log n) in the number of tensors; their bytes are not touched.
    public init(contentsOf url: URL) throws {
        file = try MappedFile(url)
        do {
            (entries, metadata) = try Self.readHeader(file.bytes)
        } catch var error as MekikiError {
            error.subject = error.subject ?? url.path
            throw error
        }
    }

    /// Reads and checks the header of a whole file's bytes.
    static func readHeader(
        _ bytes: UnsafeRawBufferPointer
    ) throws -> ([String: TensorEntry], [String: String]) {
        guard bytes.count >= 8 else {
            throw SafetensorsHeaderParser.error("is missing: the file has \(bytes.count) bytes")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= maximumHeaderBytes else {
            throw SafetensorsHeaderParser.error(
                "claims \(length) bytes, more than the format allows"
            )
        }
        guard Int(length) <= bytes.count - 8 else {
            throw SafetensorsHeaderParser.error("claims \(length) bytes, more than the file has")
        }
        let dataStart = 8 + Int(length)
        var parser = SafetensorsHeaderParser(
            UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart])
        )
        let (raw, metadata) = try parser.parse()

        var entries: [String: TensorEntry] = [:]
        for (name, entry) in raw {
            try checkSize(of: entry, named: name)
            // Checked below: sorted, the ranges cover the data from its first byte to its last.
            guard entry.end <= bytes.count - dataStart else {
                throw SafetensorsHeaderParser.error(
                    "places the tensor '\(name)' beyond the end of the file"
                )
            }
            entries[name] = TensorEntry(
                element: entry.element,
                shape: entry.shape,
                bytes: dataStart + entry.start..<dataStart + entry.end
            )
        }
        try checkCoverage(of: entries, from: dataStart, to: bytes.count)
        return (entries, metadata)
    }

    private static func checkSize(
        of entry: SafetensorsHeaderParser.RawEntry,
        named name: String
    ) throws {
        var needed = entry.element.byteCount
        for extent in entry.shape {
            let (product, isTooLarge) = needed.multipliedReportingOverflow(by: extent)
            guard !isTooLarge else {
                throw SafetensorsHeaderParser.error("gives the tensor '\(name)' too large a shape")
            }
            needed = product
        }
        guard entry.start <= entry.end, entry.end - entry.start == needed else {
            throw SafetensorsHeaderParser.error(
                "gives the tensor '\(name)' other bytes than its shape needs"
            )
        }
    }

    /// The format allows neither overlaps nor holes nor a rest.
    private static func checkCoverage(
        of entries: [String: TensorEntry],
        from start: Int,
        to end: Int
    ) throws {
        var covered = start
        let sorted = entries.sorted {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
                < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
        }
        for (name, entry) in sorted {
            guard entry.bytes.lowerBound == covered else {
                throw SafetensorsHeaderParser.error(
                    "places the tensor '\(name)' over another one or after a hole"
                )
            }
            covered = entry.bytes.upperBound
        }
        guard covered == end else {
            throw SafetensorsHeaderParser.error("describes \(covered) bytes of a file of \(end)")
        }
    }
}
