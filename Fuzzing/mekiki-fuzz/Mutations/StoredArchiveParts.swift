/// The files of a zip archive that stores them as they are; none where the archive is damaged.
struct StoredArchiveParts {
    /// A file: its name, its bytes.
    var files: [(name: String, bytes: [UInt8])] = []

    /// Finds the files by the list at the archive's end.
    init(_ archive: [UInt8]) {
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset + count <= archive.count else { return nil }
            return archive[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        var offset = 0
        // The list's own signature is not in a file of weights by chance.
        while offset + 46 <= archive.count, files.count < 1000 {
            guard archive[offset] == UInt8(ascii: "P"), number(offset, 4) == 0x0201_4b50 else {
                offset += 1
                continue
            }
            guard let count = number(offset + 24, 4), let nameLength = number(offset + 28, 2),
                let extra = number(offset + 30, 2), let header = number(offset + 42, 4),
                offset + 46 + nameLength <= archive.count,
                let headerName = number(header + 26, 2), let headerExtra = number(header + 28, 2)
            else { return }
            let name = archive[offset + 46..<offset + 46 + nameLength]
            let start = header + 30 + headerName + headerExtra
            if start + count <= archive.count {
                files.append(
                    (String(decoding: name, as: UTF8.self), Array(archive[start..<start + count]))
                )
            }
            offset += 46 + nameLength + extra
        }
    }
}
