import Foundation
import MekikiKit

/// Groups of duplicates as JSON.
struct DuplicatesDocument: Encodable {
    var groups: [Group]

    struct Group: Encodable {
        var kind: DuplicateGroup.Kind
        /// Why the first is proposed to be kept.
        var reason: DuplicateGroup.Reason
        var keep: File
        var others: [File]
    }

    struct File: Encodable {
        var path: String
        var image: Int64
        var width: Int
        var height: Int
        var byteCount: Int
        /// Where it was moved to.
        var movedTo: String?
        /// Why it was not moved.
        var problem: String?
    }

    init(_ groups: [DuplicateGroup], _ outcomes: [DuplicateMoving.Outcome]) {
        let byFile = Dictionary(
            outcomes.map { ($0.file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        func file(_ copy: DuplicateGroup.Copy) -> File {
            let content = copy.image.content
            let outcome = byFile[copy.file.location]
            return File(
                path: copy.file.location.absolutePath,
                image: copy.image.id.rawValue,
                width: content.width,
                height: content.height,
                byteCount: content.byteCount,
                movedTo: outcome?.moved?.path,
                problem: outcome?.problem
            )
        }
        self.groups = groups.map {
            Group(
                kind: $0.kind,
                reason: $0.reason,
                keep: file($0.kept),
                others: $0.others.map(file)
            )
        }
    }
}
