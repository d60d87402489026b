import Foundation
import MekikiCore

extension ThumbnailFolder {
    /// Compares the files with the images that they should be of.
    ///
    /// - Parameters:
    ///   - images: The images that have a present file, by content.
    ///   - known: All contents that the library knows.
    /// - Returns: What is missing, and what is there for nothing.
    /// - Complexity: O(n) in the number of files; the beginning of each is read.
    public func survey(
        present images: [ContentHash: ImageID],
        known: Set<ContentHash>
    ) -> ThumbnailSurvey {
        let names = Dictionary(known.map { ($0.description, $0) }, uniquingKeysWith: { $1 })
        var survey = ThumbnailSurvey()
        var missing = images
        let keys: [URLResourceKey] = [.fileSizeKey, .isRegularFileKey]
        let files = FileManager.default.enumerator(
            // An enumerator does not follow a link that it is given.
            at: url.resolvingSymlinksInPath(),
            includingPropertiesForKeys: keys
        )
        while let file = files?.nextObject() as? URL {
            guard let values = try? file.resourceValues(forKeys: Set(keys)),
                values.isRegularFile == true
            else { continue }
            let folder = file.deletingLastPathComponent().lastPathComponent
            // A server beside us may be writing here.
            if folder == Self.unfinishedName { continue }
            let length = values.fileSize ?? 0
            let hash = names[folder + file.lastPathComponent.prefix { $0 != "." }]
            if let hash, isNamed(file, after: hash), isWhole(file, length) {
                if file.lastPathComponent == self.file(of: hash, .medium).lastPathComponent {
                    missing[hash] = nil
                }
            } else {
                survey.surplus.append(file)
                survey.surplusByteCount += length
            }
        }
        survey.missing = missing.values.sorted()
        return survey
    }

    private func isNamed(_ file: URL, after hash: ContentHash) -> Bool {
        ThumbnailSize.allCases.contains {
            self.file(of: hash, $0).lastPathComponent == file.lastPathComponent
        }
    }

    private func isWhole(_ file: URL, _ length: Int) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
        defer { try? handle.close() }
        guard let head = try? handle.read(upToCount: 12) else { return false }
        return Self.isWhole(head, length: length)
    }
}
