import Foundation
import MekikiCore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Thumbnails as files: `ab/cdef….webp` under a folder, named after the image's content hash; those
/// of other sizes than the usual one beside it, `ab/cdef….1024.webp`.
///
/// The first two digits make 256 folders, so that none gets too long for the tools that list it.
/// A thumbnail appears whole or not at all: it is written in `.unfinished` and then renamed.
public struct ThumbnailFolder: ThumbnailStore {
    /// The folder's usual name in a library.
    public static let folderName = "thumbnails"

    static let unfinishedName = ".unfinished"

    /// The folder, which is made with the first thumbnail.
    public let url: URL

    /// Distinguishes the unfinished files of this process.
    private static let unfinishedCount = Atomic<Int>(0)

    /// Names a folder of thumbnails.
    ///
    /// - Parameter url: The folder; it need not exist yet.
    public init(url: URL) {
        self.url = url
    }

    /// Keeps an image's thumbnail; an earlier one of the same size is replaced.
    ///
    /// - Parameters:
    ///   - thumbnail: A WebP file's bytes.
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Throws: `MekikiError` with code `inputOutput`.
    public func save(_ thumbnail: Data, of hash: ContentHash, _ size: ThumbnailSize) throws {
        let file = file(of: hash, size)
        let number = Self.unfinishedCount.add(1, ordering: .relaxed).newValue
        let unfinished = unfinishedFolder.appendingPathComponent("\(getpid())-\(number)")
        // No `fsync`: a thumbnail lost in a power cut is derived data, unlike the catalog.
        let failure = write(thumbnail, to: unfinished, then: file)
        guard failure != 0 else { return }
        unlink(unfinished.path)
        throw MekikiError(
            .inputOutput,
            DiskSpace.isExhaustion(failure)
                ? MekikiError.fullDisk
                : "The thumbnail can't be written (\(String(cString: strerror(failure)))). Check the "
                    + "permissions of the library's folder, and its disk.",
            subject: file.path
        )
    }

    /// Writes bytes under one name and then renames the file.
    ///
    /// - Returns: The system's code for what went wrong; 0 when nothing did.
    private func write(_ bytes: Data, to unfinished: URL, then file: URL) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        var descriptor = open(unfinished.path, flags, 0o644)
        if descriptor < 0, errno == ENOENT {
            let failure = makeFolder(unfinishedFolder)
            guard failure == 0 else { return failure }
            descriptor = open(unfinished.path, flags, 0o644)
        }
        guard descriptor >= 0 else { return errno }
        let failure = bytes.withUnsafeBytes { buffer -> Int32 in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    #if canImport(Glibc)
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                    #else
                    Darwin.write(descriptor, $0.baseAddress, $0.count)
                    #endif
                }
                if count < 0, errno == EINTR { continue }
                // A file system without room may also write nothing and give no reason.
                if count <= 0 { return count < 0 ? errno : ENOSPC }
                rest = rest.dropFirst(count)
            }
            return 0
        }
        // The room of a network's disk is asked for when the file is closed.
        guard close(descriptor) == 0, failure == 0 else { return failure != 0 ? failure : errno }
        if rename(unfinished.path, file.path) == 0 { return 0 }
        guard errno == ENOENT else { return errno }
        let missing = makeFolder(file.deletingLastPathComponent())
        guard missing == 0 else { return missing }
        return rename(unfinished.path, file.path) == 0 ? 0 : errno
    }

    /// Where thumbnails are written before they get their name.
    private var unfinishedFolder: URL { url.appendingPathComponent(Self.unfinishedName) }

    /// Makes a folder among the thumbnails; returns the system's code, 0 when it is there.
    private func makeFolder(_ folder: URL) -> Int32 {
        for folder in [url, folder] where mkdir(folder.path, 0o755) != 0 && errno != EEXIST {
            return errno
        }
        return 0
    }

    /// Removes what processes that were ended by force have left unfinished.
    public func removeUnfinished() {
        let names = try? FileManager.default.contentsOfDirectory(atPath: unfinishedFolder.path)
        for name in names ?? [] {
            let process = name.prefix { $0 != "-" }
            // A server beside us makes thumbnails too.
            if let id = Int32(process), id > 0, kill(id, 0) == 0 || errno == EPERM { continue }
            unlink(unfinishedFolder.appendingPathComponent(name).path)
        }
    }

    /// An image's thumbnail, a WebP file's bytes; `nil` when there is none of this size.
    ///
    /// - Parameters:
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Returns: The bytes of a file that is whole.
    public func thumbnail(of hash: ContentHash, _ size: ThumbnailSize) -> Data? {
        guard let data = try? Data(contentsOf: file(of: hash, size)),
            Self.isWhole(data.prefix(12), length: data.count)
        else {
            return nil
        }
        return data
    }

    /// Whether a WebP file is as long as it says, which one that a power cut has shortened or emptied
    /// isn't.
    static func isWhole(_ head: Data, length: Int) -> Bool {
        let bytes = [UInt8](head)
        guard bytes.count == 12, bytes.prefix(4).elementsEqual("RIFF".utf8),
            bytes.suffix(4).elementsEqual("WEBP".utf8)
        else { return false }
        return bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) } + 8 == length
    }

    /// Forgets an image's thumbnails of all sizes; without one nothing happens.
    ///
    /// - Parameter hash: The image's content.
    public func removeThumbnails(of hash: ContentHash) {
        for size in ThumbnailSize.allCases {
            try? FileManager.default.removeItem(at: file(of: hash, size))
        }
    }

    func file(of hash: ContentHash, _ size: ThumbnailSize) -> URL {
        let digits = hash.description
        let ending = size == .medium ? ".webp" : ".\(size.side).webp"
        return url.appendingPathComponent(String(digits.prefix(2)))
            .appendingPathComponent(String(digits.dropFirst(2)) + ending)
    }
}
