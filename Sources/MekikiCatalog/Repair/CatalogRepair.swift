import Foundation
import GRDB
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Makes a sound catalog of a damaged one.
///
/// The new catalog is written beside the old one and takes its place at the very end; whoever is ended
/// by force before leaves the old one as it was, and after that the next command that opens the library
/// does the rest (`complete`). The damaged file is kept.
public enum CatalogRepair {
    /// Reads the texts inside an image file, if it is the one with this content.
    public typealias TextReading = (FileLocation, ContentHash) -> ImageMetadata?

    /// Saves what can be read of a damaged catalog into a new one.
    ///
    /// The caller holds the library's `IndexerLock`, and has the catalog not open itself.
    ///
    /// - Parameters:
    ///   - path: The catalog.
    ///   - texts: Reads texts again that may be lost.
    /// - Returns: What was saved and what was not.
    /// - Throws: `MekikiError`: `unavailable` while another process has the library open,
    ///   `configuration` when a newer version wrote it, `inputOutput` when the disk is full.
    public static func run(_ path: URL, texts: TextReading) throws -> RepairReport {
        removeLeftovers(of: path)
        try complete(path)
        let damaged = try SoleAccess(to: path)
        defer { damaged.end() }
        let log = (try? Data(contentsOf: URL(filePath: path.path + "-wal"))).map(Array.init) ?? []
        let pages = DatabasePages(
            file: damaged.descriptor,
            log: log,
            defaultSize: CatalogSchema.pageSize
        )
        let unfinished = URL(filePath: path.path + ".repairing")
        var report: RepairReport
        do {
            report = try MekikiError.mappingSQLite(unfinished) {
                try RebuiltCatalog.write(CatalogSalvage(pages), pages, to: unfinished, texts)
            }
            try sync(unfinished)
        } catch {
            removeLeftovers(of: path)
            throw error
        }
        report.keptAs = freeName(beside: path)
        guard rename(unfinished.path, finished(path).path) == 0 else {
            throw MekikiError.ofSystem("The repaired catalog can't be put in place", path.path)
        }
        try replace(path, keeping: report.keptAs)
        return report
    }

    /// Whether a repair was ended by force just before its end.
    ///
    /// - Parameter path: The catalog.
    /// - Returns: `true` when only `complete` is left to do.
    public static func isUnfinished(_ path: URL) -> Bool {
        CatalogStamp.file(finished(path).path) != nil
    }

    /// Puts a repaired catalog in its place where that is all that is left to do.
    ///
    /// The caller holds the library's `IndexerLock`.
    ///
    /// - Parameter path: The catalog.
    /// - Throws: `MekikiError`: `unavailable` while another process has the library open.
    public static func complete(_ path: URL) throws {
        guard isUnfinished(path) else { return }
        let access = CatalogStamp.file(path.path) == nil ? nil : try SoleAccess(to: path)
        defer { access?.end() }
        try replace(path, keeping: freeName(beside: path))
    }

    /// Removes what a repair that was ended by force has left half-written.
    ///
    /// - Parameter path: The catalog.
    public static func removeLeftovers(of path: URL) {
        for ending in [".repairing", ".repairing-journal", ".repairing-wal", ".repairing-shm"] {
            unlink(path.path + ending)
        }
    }

    private static func finished(_ path: URL) -> URL { URL(filePath: path.path + ".repaired") }

    /// A name for the damaged catalog: the one that it has got already when the repair was cut off
    /// there, else the first that is free.
    private static func freeName(beside path: URL) -> String {
        let own = CatalogStamp.file(path.path)
        var number = 1
        while true {
            let name = path.path + ".damaged-\(number)"
            guard let other = CatalogStamp.file(name) else { return name }
            if let own, own.number == other.number, own.device == other.device { return name }
            number += 1
        }
    }

    /// Gives the damaged catalog a second name and its own to the repaired one.
    ///
    /// Each step can be the last: the next time they are done again from the start.
    private static func replace(_ path: URL, keeping name: String) throws {
        for ending in ["", "-wal"] { try keep(path.path + ending, as: name + ending) }
        // Before the catalog: the log of the damaged one must never be read into the repaired one.
        for ending in ["-wal", "-shm"] where unlink(path.path + ending) != 0 && errno != ENOENT {
            throw MekikiError.ofSystem("The damaged catalog's log can't be put aside", path.path)
        }
        guard rename(finished(path).path, path.path) == 0 else {
            throw MekikiError.ofSystem("The repaired catalog can't be put in place", path.path)
        }
        try sync(path.deletingLastPathComponent())
    }

    private static func keep(_ file: String, as name: String) throws {
        if link(file, name) == 0 || errno == ENOENT || errno == EEXIST { return }
        // File systems without second names.
        do {
            try FileManager.default.copyItem(atPath: file, toPath: name)
        } catch {
            throw MekikiError(
                .inputOutput,
                "The damaged catalog can't be kept under another name, so nothing was changed.",
                subject: name,
                cause: error
            )
        }
    }

    /// Waits until a file or a folder's list of names is on the disk.
    private static func sync(_ place: URL) throws {
        let descriptor = open(place.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MekikiError.ofSystem("The repaired catalog can't be opened", place.path)
        }
        defer { close(descriptor) }
        // Some file systems know no such thing for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw MekikiError.ofSystem("The repaired catalog can't be written", place.path)
        }
    }
}

extension MekikiError {
    /// A sentence with the system's reason for its latest failure.
    static func ofSystem(_ sentence: String, _ subject: String) -> MekikiError {
        let code = errno
        if DiskSpace.isExhaustion(code) {
            return MekikiError(.inputOutput, fullDisk, subject: subject)
        }
        return MekikiError(
            .inputOutput,
            "\(sentence) (\(String(cString: strerror(code)))). Check the library's folder and its disk.",
            subject: subject
        )
    }
}
