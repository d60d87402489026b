import Foundation
import MekikiCore

/// The folder that a library lives in; it can be moved and copied as a whole.
public struct LibraryFolder: Sendable, Hashable {
    /// The folder.
    public let url: URL

    /// Names a folder: the one given, else `$MEKIKI_LIBRARY`, else `mekiki/library` among the
    /// user's data (`$XDG_DATA_HOME`, by default `~/.local/share`).
    ///
    /// - Parameters:
    ///   - named: A folder named by the user.
    ///   - environment: The process's environment.
    public init(
        named: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        if let path = named ?? environment["MEKIKI_LIBRARY"].flatMap({ $0.isEmpty ? nil : $0 }) {
            url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            url = URL(filePath: data, directoryHint: .isDirectory)
                .appending(path: "mekiki/library", directoryHint: .isDirectory)
        } else {
            url = URL(filePath: Self.home(environment), directoryHint: .isDirectory)
                .appending(path: ".local/share/mekiki/library", directoryHint: .isDirectory)
        }
    }

    /// The user's home folder: `$HOME`, which the system's own records stand in for.
    ///
    /// Foundation asks the records first, where `~` means another folder to every shell.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: An absolute path.
    public static func home(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    }

    /// The catalog: the truth about everything.
    public var catalog: URL { url.appending(path: "catalog.sqlite", directoryHint: .notDirectory) }

    /// The thumbnails.
    public var thumbnails: URL { url.appending(path: "thumbnails", directoryHint: .isDirectory) }

    /// Whether there is a library in the folder.
    public var exists: Bool { FileManager.default.fileExists(atPath: catalog.path) }

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `MekikiError` with code `cannotCreate`.
    public func create() throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { return }
            throw MekikiError(
                .cannotCreate,
                "This is a file. A library is a folder: name another with --library.",
                subject: url.path
            )
        }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            if (error as? CocoaError)?.code == .fileWriteOutOfSpace {
                throw MekikiError(
                    .inputOutput,
                    "The disk is full. Free some space and run the same command again.",
                    subject: url.path,
                    cause: error
                )
            }
            throw MekikiError(
                .cannotCreate,
                "The library's folder can't be made. Name another with --library, "
                    + "or see to its permissions and the free space.",
                subject: url.path,
                cause: error
            )
        }
    }

    /// Checks that there is a library.
    ///
    /// - Throws: `MekikiError` with code `noInput` when there is none.
    public func requireLibrary() throws {
        guard exists else {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            if isThere, !isFolder.boolValue {
                throw MekikiError(
                    .noInput,
                    "This is a file. A library is a folder: name one with --library.",
                    subject: url.path
                )
            }
            if isThere, access(url.path, X_OK) != 0 {
                throw MekikiError(
                    .noInput,
                    "The library's folder can't be entered. Check its permissions.",
                    subject: url.path
                )
            }
            throw MekikiError(
                .noInput,
                "There is no library here yet. Make one with `mekiki index FOLDER`.",
                subject: url.path
            )
        }
    }
}
