#if os(Linux)
import Foundation
import Glibc
import MekikiCore
import Synchronization

/// Watches folders with Linux's inotify.
///
/// The system watches single folders, not trees: every subfolder has a watch of its own, also those
/// that appear later. A folder that appears is announced after its watch stands, so that what was put
/// into it before is found by looking through it.
public final class InotifyWatcher: FolderWatcher {
    /// What happens, in its order.
    public let events: AsyncStream<WatchEvent>

    private struct State {
        /// Watched folders by their watch.
        var folders: [Int32: FileLocation] = [:]
        var hasReachedLimit = false
        var isEnded = false
    }

    private static let interest = UInt32(
        IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
            | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
    )

    private let descriptor: Int32
    /// A pipe whose other end is closed at the end: the reading thread waits for either.
    private let wakeUp: Int32
    private let wakeUpEnd: Int32
    private let excluded: FolderIdentity?
    private let continuation: AsyncStream<WatchEvent>.Continuation
    private let state = Mutex(State())

    /// Starts watching nothing.
    ///
    /// - Parameter excluded: A folder that is not watched wherever it lies: the library's own.
    /// - Throws: `MekikiError` with code `unavailable` when the system has no watcher left.
    public init(passingOver excluded: String? = nil) throws {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else {
            throw MekikiError(
                .unavailable,
                "Folders can't be watched (\(FileStatus.reason)). Raise "
                    + "fs.inotify.max_user_instances, or run without --watch."
            )
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            close(descriptor)
            throw MekikiError(
                .unavailable,
                "Folders can't be watched (\(FileStatus.reason)). Close other programs."
            )
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (wakeUp, wakeUpEnd) = (ends[0], ends[1])
        self.excluded = excluded.flatMap { FileStatus(of: $0)?.identity }
        (events, continuation) = AsyncStream.makeStream()
        let thread = Thread { [self] in read() }
        thread.name = "mekiki watcher"
        thread.start()
    }

    /// Watches a folder and everything below it.
    ///
    /// - Parameter root: The folder's absolute path.
    public func watch(_ root: String) {
        let place = FileLocation(root: root, path: "")
        forget(below: place)
        add(place)
    }

    /// Ends the events.
    public func end() {
        guard !state.withLock({ $0.isEnded.exchange(true) }) else { return }
        close(wakeUpEnd)
    }

    // MARK: Watches

    private func add(_ start: FileLocation) {
        var entered: Set<FolderIdentity> = []
        if let excluded { entered.insert(excluded) }
        var pending = [start]
        while let folder = pending.popLast() {
            let path = folder.path.isEmpty ? folder.root : folder.absolutePath
            guard let identity = FileStatus(of: path)?.identity,
                entered.insert(identity).inserted
            else { continue }
            let watch = inotify_add_watch(descriptor, path, Self.interest)
            guard watch >= 0 else {
                // Others are vanished or unreadable folders, which a scan speaks of.
                if errno == ENOSPC { reachLimit() }
                continue
            }
            state.withLock { $0.folders[watch] = folder }
            pending += subfolders(of: folder, path)
        }
    }

    private func subfolders(of folder: FileLocation, _ path: String) -> [FileLocation] {
        let open = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard open >= 0 else { return [] }
        let listing = FolderListing(open, pathLength: path.utf8.count, onlyFolders: true)
        let prefix = folder.path.isEmpty ? "" : folder.path + "/"
        return listing.entries.map {
            FileLocation(root: folder.root, path: listing.path(of: $0, in: prefix))
        }
    }

    private func reachLimit() {
        let isFirst = state.withLock { !$0.hasReachedLimit.exchange(true) }
        if isFirst { continuation.yield(.limitReached) }
    }

    /// Ends the watches of a folder and of all below it, which has another name now, or none.
    private func forget(below folder: FileLocation) {
        let prefix = folder.path.isEmpty ? "" : folder.path + "/"
        state.withLock { state in
            for (watch, place) in state.folders
            where place.root.utf8.elementsEqual(folder.root.utf8)
                && (place == folder || place.path.utf8.starts(with: prefix.utf8))
            {
                inotify_rm_watch(descriptor, watch)
                state.folders[watch] = nil
            }
        }
    }

    // MARK: Events

    private func read() {
        let capacity = 64 << 10
        let buffer = UnsafeMutableRawPointer.allocate(
            byteCount: capacity,
            alignment: MemoryLayout<inotify_event>.alignment
        )
        defer {
            buffer.deallocate()
            close(descriptor)
            close(wakeUp)
            continuation.finish()
        }
        while true {
            var waits = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waits, 2, -1) >= 0 || errno == EINTR else { return }
            if state.withLock({ $0.isEnded }) { return }
            let count = Glibc.read(descriptor, buffer, capacity)
            guard count > 0 else { continue }
            var offset = 0
            while offset < count {
                let event = (buffer + offset).load(as: inotify_event.self)
                offset += MemoryLayout<inotify_event>.size
                let name = (buffer + offset).assumingMemoryBound(to: CChar.self)
                handle(event, event.len > 0 ? name : nil)
                offset += Int(event.len)
            }
        }
    }

    private func handle(_ event: inotify_event, _ name: UnsafePointer<CChar>?) {
        if has(event, IN_Q_OVERFLOW) {
            continuation.yield(.lostTrack)
            // Folders may have appeared unseen.
            let roots = state.withLock { $0.folders.values.filter(\.path.isEmpty) }
            for root in roots { add(root) }
            return
        }
        guard let folder = state.withLock({ $0.folders[event.wd] }) else { return }
        if has(event, IN_IGNORED) { state.withLock { $0.folders[event.wd] = nil } }
        if has(event, IN_DELETE_SELF) || has(event, IN_MOVE_SELF) || has(event, IN_UNMOUNT) {
            // Of a subfolder, the folder around it tells; what is unmounted was not deleted.
            if folder.path.isEmpty {
                forget(below: folder)
                continuation.yield(.rootLeft(folder.root))
            }
            return
        }
        guard let name, name[0] != 0x2E else { return }
        let prefix = folder.path.isEmpty ? "" : folder.path + "/"
        let place = FileLocation(root: folder.root, path: prefix + String(cString: name))
        if has(event, IN_ISDIR) {
            handleFolder(event, place)
        } else if FolderListing.isImageLike(
            UnsafeRawBufferPointer(start: name, count: strlen(name))
        ) {
            handleFile(event, place)
        } else if has(event, IN_CREATE), isFolder(place) {
            // A link to a folder is no folder to inotify.
            add(place)
            continuation.yield(.folderAppeared(place))
        }
    }

    private func handleFolder(_ event: inotify_event, _ place: FileLocation) {
        if has(event, IN_CREATE) || has(event, IN_MOVED_TO) {
            add(place)
            continuation.yield(.folderAppeared(place))
        } else if has(event, IN_DELETE) || has(event, IN_MOVED_FROM) {
            forget(below: place)
            continuation.yield(.folderDeleted(place))
        } else if has(event, IN_ATTRIB) {
            // It may have become readable, and have no watch yet.
            add(place)
            continuation.yield(.folderAppeared(place))
        }
    }

    private func handleFile(_ event: inotify_event, _ place: FileLocation) {
        if has(event, IN_DELETE) || has(event, IN_MOVED_FROM) {
            continuation.yield(.deleted(place))
        } else if has(event, IN_CREATE) || has(event, IN_MODIFY) {
            continuation.yield(isLink(place) ? .changed(place) : .writing(place))
        } else {
            continuation.yield(.changed(place))
        }
    }

    /// A new link or hard link is complete: nobody writes to it, and nobody will close it.
    private func isLink(_ place: FileLocation) -> Bool {
        var status = stat()
        guard lstat(place.absolutePath, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1
    }

    private func isFolder(_ place: FileLocation) -> Bool {
        FileStatus(of: place.absolutePath)?.isFolder == true
    }

    private func has(_ event: inotify_event, _ flag: Int32) -> Bool {
        event.mask & UInt32(flag) != 0
    }
}

extension Bool {
    /// Sets a value and gives the one before.
    fileprivate mutating func exchange(_ value: Bool) -> Bool {
        defer { self = value }
        return self
    }
}
#endif
