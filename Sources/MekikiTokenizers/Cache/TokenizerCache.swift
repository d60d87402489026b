import Foundation

/// What was made of a large tokenizer file, kept so that the next run needs no time for it.
///
/// Caches lie in `$XDG_CACHE_HOME/mekiki/tokenizers`, never among a model's files. A cache holds for
/// one state of one file: its path, size, time, and number on the disk are in the cache's name. It is
/// only ever a copy: whatever is wrong with it, it is made again, and where it can't be written
/// everything works without.
struct TokenizerCache {
    /// Changes whenever the layout of caches or the meaning of what they hold does.
    private static let version: UInt64 = 1

    /// Smaller files are read faster than it would pay to keep a copy of what they hold.
    static let smallestFile = 1 << 20

    /// "MEKIKITC" in the machine's own order of bytes, so that no other kind of machine reads it.
    private static let mark: UInt64 = 0x4354_494B_494B_454D

    /// Mark, version, checksum, count of bytes that follow.
    private static let headerSize = 32

    private let file: URL

    /// The cache of a file, `nil` when the file is too small to need one, or there is nowhere to keep
    /// it.
    ///
    /// - Parameters:
    ///   - source: The tokenizer file.
    ///   - folder: Where caches are; `nil` means the user's own.
    init?(of source: URL, in folder: URL? = nil) {
        let source = source.resolvingSymlinksInPath()
        guard let folder = folder ?? Self.standardFolder else { return nil }
        var status = stat()
        guard stat(source.path, &status) == 0, status.st_size >= Self.smallestFile else {
            return nil
        }
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        var key = source.path
        for number in [
            Int64(status.st_size), Int64(time.tv_sec), Int64(time.tv_nsec),
            Int64(bitPattern: UInt64(status.st_ino)), Int64(Self.version),
        ] {
            key += "\n\(number)"
        }
        let name = Checksum.of(Array(key.utf8))
        file = folder.appendingPathComponent("\(String(name, radix: 16)).cache")
    }

    private static var standardFolder: URL? {
        let environment = ProcessInfo.processInfo.environment
        let base: URL
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            base = URL(filePath: path)
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            base = URL(filePath: home).appendingPathComponent(".cache")
        } else {
            return nil
        }
        return base.appendingPathComponent("mekiki/tokenizers")
    }

    /// Opens the cache, `nil` when it isn't there or isn't sound.
    func read() -> CacheReader? {
        guard let mapping = CacheMapping(file.path), mapping.bytes.count >= Self.headerSize,
            mapping.bytes.count % 8 == 0
        else { return nil }
        let header = mapping.bytes.bindMemory(to: UInt64.self)
        let contents = UnsafeRawBufferPointer(rebasing: mapping.bytes[Self.headerSize...])
        guard header[0] == Self.mark, header[1] == Self.version,
            header[3] == UInt64(contents.count), header[2] == Checksum.of(contents)
        else { return nil }
        return CacheReader(mapping, from: Self.headerSize)
    }

    /// Writes the cache; failing to is no error.
    func write(_ writer: CacheWriter) {
        let header = [
            Self.mark, Self.version, Checksum.of(writer.bytes), UInt64(writer.bytes.count),
        ]
        var data = Data(capacity: Self.headerSize + writer.bytes.count)
        header.withUnsafeBytes { data.append(contentsOf: $0) }
        data.append(contentsOf: writer.bytes)
        let folder = file.deletingLastPathComponent()
        let temporary = folder.appendingPathComponent("\(UUID().uuidString).part")
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true
            )
            try data.write(to: temporary)
            // Under its name it is whole at once, also for another process that writes it now.
            guard rename(temporary.path, file.path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            try? FileManager.default.removeItem(at: temporary)
        }
    }
}
