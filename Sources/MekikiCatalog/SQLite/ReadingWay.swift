import Foundation
import GRDB

/// How a catalog is read that can't be written, in the order in which the ways are tried.
///
/// A reader of a write-ahead log needs its index (`-shm`), which it can't make in a folder that can't
/// be written. SQLite has ways around that (https://www.sqlite.org/wal.html#read_only_databases), of
/// which all but the first believe that nobody writes meanwhile. So what is read in those ways counts
/// only when the files are the same afterwards (`OpenCatalog.isUntouched`).
enum ReadingWay: CaseIterable {
    /// As everybody reads: the index is there, or can be made.
    case shared
    /// There is no log: the file alone is everything.
    case fileAlone
    /// There is a log without its index, as after a power cut or in a copy: each connection makes an
    /// index of its own in memory. SQLite does that for a connection that has the file for itself,
    /// and it can have that without rights when locks mean nothing.
    case fileAndLog

    /// Whether somebody who writes would go unnoticed.
    var ignoresWriters: Bool { self != .shared }

    /// Whether the way gives everything that was committed.
    func isPossible(_ stamp: CatalogStamp) -> Bool {
        let hasLog = (stamp.log?.byteCount ?? 0) > 0
        return switch self {
        case .shared: true
        case .fileAlone: !hasLog
        case .fileAndLog: hasLog
        }
    }

    /// The name by which SQLite opens the file.
    func name(_ path: URL) -> String {
        switch self {
        case .shared: path.path
        case .fileAlone: Self.address(path, "immutable=1")
        case .fileAndLog: Self.address(path, "vfs=unix-none")
        }
    }

    /// Sets up a connection before anything is read.
    func prepare(_ db: Database) throws {
        guard self == .fileAndLog else { return }
        // As a query, because it answers with the new mode.
        _ = try String.fetchOne(db, sql: "PRAGMA locking_mode = EXCLUSIVE")
    }

    private static func address(_ path: URL, _ option: String) -> String {
        var name = "file:"
        // By bytes: whatever a folder is called, only letters, digits and slashes are left bare.
        for byte in path.path.utf8 {
            switch byte {
            case 0x2F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                name += "%" + (digits.count == 1 ? "0" + digits : digits)
            }
        }
        return name + "?mode=ro&" + option
    }
}
