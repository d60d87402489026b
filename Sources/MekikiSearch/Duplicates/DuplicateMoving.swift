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
        guard isUnchanged(group.kept) else {
            let path = group.kept.file.location.absolutePath
            return group.others.map {
                Outcome(
                    file: $0.file.location,
                    moved: nil,
                    problem: "The file to keep, \(path), is gone or has changed: index its folder."
                )
            }
        }
        return group.others.map { copy in
            let location = copy.file.location
            guard isUnchanged(copy) else {
                return Outcome(
                    file: location,
                    moved: nil,
                    problem: "It is gone or has changed since it was indexed."
                )
            }
            do {
                return Outcome(file: location, moved: try move(location), problem: nil)
            } catch {
                return Outcome(file: location, moved: nil, problem: Self.sentence(of: error))
            }
        }
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
