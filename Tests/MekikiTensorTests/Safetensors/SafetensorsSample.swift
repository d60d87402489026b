import Foundation

/// Writes small safetensors files, whole and broken ones.
enum SafetensorsSample {
    /// A file with this header text and data, the header's length in front unless given.
    static func bytes(header: String, data: [UInt8], length: UInt64? = nil) -> [UInt8] {
        let text = Array(header.utf8)
        let count = length ?? UInt64(text.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + text + data
    }

    /// Two weights, 2 x 2 and 3, and an I64 buffer.
    static let header = """
        {"__metadata__":{"format":"pt"},\
        "a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
        "b":{"dtype":"F16","shape":[3],"data_offsets":[16,22]},\
        "ids":{"dtype":"I64","shape":[1],"data_offsets":[22,30]}}
        """

    static let data: [UInt8] = {
        let weights: [Float] = [1, -2, 0.5, 1e-3]
        let halves: [UInt16] = [0x3c00, 0xc000, 0x0001]
        var data = weights.flatMap { bytes(of: $0.bitPattern) }
        for half in halves { data += [UInt8(half & 0xff), UInt8(half >> 8)] }
        return data + [7, 0, 0, 0, 0, 0, 0, 0]
    }()

    static func bytes(of bits: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }

    /// Hands `body` a fresh folder, and removes it afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "mekiki-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// Hands `body` a file of these bytes.
    static func withFile<Result>(
        _ bytes: [UInt8],
        _ body: (URL) throws -> Result
    ) throws -> Result {
        try withFolder { folder in
            let url = folder.appending(path: "model.safetensors")
            try Data(bytes).write(to: url)
            return try body(url)
        }
    }
}
