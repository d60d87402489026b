import Foundation
import MekikiCore

/// A `merges.txt`: one merge a line, its two pieces parted by a space, the earliest first.
struct MergesFile {
    private let url: URL
    private let bytes: [UInt8]

    init(_ url: URL) throws {
        self.url = url
        bytes = try FolderFile.bytes(of: url)
    }

    func table(vocabulary: Vocabulary) throws -> MergeTable {
        let lineCount = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        var table = MergeTable(capacity: lineCount)
        try bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var line = 0
            while start < bytes.count {
                line += 1
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                var content = bytes[start..<end]
                if content.last == UInt8(ascii: "\r") { content.removeLast() }
                start = end + 1
                // The header, and the empty last line that editors leave.
                if content.starts(with: "#version".utf8) || content.isEmpty { continue }
                try add(content, line: line, to: &table, vocabulary: vocabulary)
            }
        }
        return table
    }

    private func add(
        _ content: Slice<UnsafeBufferPointer<UInt8>>,
        line: Int,
        to table: inout MergeTable,
        vocabulary: Vocabulary
    ) throws {
        let pieces = content.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard pieces.count == 2 else {
            throw failure(line, "has to hold two pieces parted by one space")
        }
        let missing = BytePairFields.append(
            UnsafeBufferPointer(rebasing: pieces[0]),
            UnsafeBufferPointer(rebasing: pieces[1]),
            to: &table,
            vocabulary: vocabulary
        )
        if let missing {
            throw failure(line, "needs the piece '\(missing)', which vocab.json lacks")
        }
    }

    private func failure(_ line: Int, _ what: String) -> MekikiError {
        MekikiError(
            .badData,
            "Line \(line) \(what). Download the file again, together with vocab.json.",
            subject: url.path
        )
    }
}
