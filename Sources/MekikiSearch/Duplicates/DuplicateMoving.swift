import Foundation
import MekikiCore

/// Moves the files of groups that could go into a folder, where the user looks at them before they are
/// deleted.
///
/// Nothing is moved unless the file that is kept is there and still is what was indexed, and neither is a
/// file that changed meanwhile.
public struct DuplicateMoving: Sendable {
    /// What became of a file.
    public struct Outcome: Sendable, Equatable {
        /// Where it was.
        public let file: FileLocation
        /// Where it is now; `nil` where it stayed.
        public let moved: URL?
        /// Why it stayed.
        public let problem: String?
    }

    private let folder: URL

    /// Creates a moving.
    ///
    /// - Parameter folder: Where files go; it is made when the first one goes.
    public init(to folder: URL) { self.folder = folder }

    /// Moves the others of a group.
    ///
    /// - Parameter group: The group.
    /// - Returns: What became of each of them.
    public func callAsFunction(_ group: DuplicateGroup) -> [Outcome] {
        group.others.map { copy in
            let location = copy.file.location
            // Looked at again for each: it may have gone meanwhile, or with the one before.
            if let problem = problem(of: copy, keeping: group.kept) {
                return Outcome(file: location, moved: nil, problem: problem)
            }
            do {
                return Outcome(file: location, moved: try move(location), problem: nil)
            } catch {
                return Outcome(file: location, moved: nil, problem: Self.sentence(of: error))
            }
        }
    }

    /// Why a file must stay; `nil` where it can go.
    private func problem(
        of copy: DuplicateGroup.Copy,
        keeping kept: DuplicateGroup.Copy
    ) -> String? {
        let path = kept.file.location.absolutePath
        guard isUnchanged(kept), let own = FileIdentity(followingLinksAt: path) else {
            return "The file to keep, \(path), is gone or has changed: index its folder."
        }
        guard isUnchanged(copy) else { return "It is gone or has changed since it was indexed." }
        let other = copy.file.location.absolutePath
        // Two names of one file: without this one, the other may lead nowhere.
        guard FileIdentity(followingLinksAt: other) != own else {
            return "It is the same file as the one to keep, \(path)."
        }
        guard !FileIdentity.isLink(other) else {
            return "It is a link, which may lead nowhere else."
        }
        return nil
    }

    private func isUnchanged(_ copy: DuplicateGroup.Copy) -> Bool {
        let url = URL(filePath: copy.file.location.absolutePath)
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else { return false }
        return ContentHash(of: data) == copy.image.content.hash
    }

    /// Under the folder as under the root, so that files of the same name stay apart and can go back.
    private func move(_ location: FileLocation) throws -> URL {
        let root = URL(filePath: location.root).lastPathComponent
        let wanted = folder.appending(path: root).appending(path: location.path)
        let parent = wanted.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        var target = wanted
        var number = 2
        while FileManager.default.fileExists(atPath: target.path) {
            let name = "\(wanted.deletingPathExtension().lastPathComponent) \(number)"
            target = parent.appending(path: name).appendingPathExtension(wanted.pathExtension)
            number += 1
        }
        try FileManager.default.moveItem(at: URL(filePath: location.absolutePath), to: target)
        return target
    }

    private static func sentence(of error: any Error) -> String {
        let reason = (error as NSError).localizedFailureReason
        return "It can't be moved: \(reason ?? error.localizedDescription)"
    }
}

/// Which file a path leads to, whatever its name.
private struct FileIdentity: Equatable {
    private let device: NSNumber
    private let number: NSNumber

    /// Looks a file up; `nil` where none is.
    init?(followingLinksAt path: String) {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let values = try? FileManager.default.attributesOfItem(atPath: target)
        guard let device = values?[.systemNumber] as? NSNumber,
            let number = values?[.systemFileNumber] as? NSNumber
        else { return nil }
        self.device = device
        self.number = number
    }

    /// Whether a path is a symbolic link itself.
    static func isLink(_ path: String) -> Bool {
        let values = try? FileManager.default.attributesOfItem(atPath: path)
        return values?[.type] as? FileAttributeType == .typeSymbolicLink
    }
}
