import Foundation
import MekikiKit

/// Groups of duplicates for people: the file to keep with the reason, then the others.
struct DuplicateTable {
    let terminal: Terminal

    /// Prints the groups.
    ///
    /// - Parameters:
    ///   - groups: The groups.
    ///   - outcomes: What became of the others, where they were to be moved.
    ///   - quiet: Only the paths of the others, one a line.
    func print(_ groups: [DuplicateGroup], _ outcomes: [DuplicateMoving.Outcome], quiet: Bool) {
        let moved = Dictionary(
            outcomes.compactMap { outcome in outcome.moved.map { (outcome.file, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        for group in groups {
            if !quiet {
                terminal.line(
                    terminal.styled("keep  ", .accent) + line(group.kept)
                        + terminal.styled("  \(Self.words(of: group))", .faint)
                )
            }
            for copy in group.others {
                let path = PrintableText.of(copy.file.location.absolutePath)
                guard !quiet else {
                    terminal.line(path)
                    continue
                }
                let target = moved[copy.file.location]
                let remark = target.map { "  -> " + PrintableText.of($0.path) } ?? ""
                terminal.line("      " + line(copy) + terminal.styled(remark, .faint))
            }
        }
        guard !quiet else { return }
        guard !groups.isEmpty else {
            terminal.line("No duplicates.")
            return
        }
        let others = groups.flatMap(\.others)
        let bytes = others.reduce(0) { $0 + $1.image.content.byteCount }
        terminal.line(
            terminal.styled(
                "\(Count.of(groups.count, "group")), \(Count.of(others.count, "file")) that could go, "
                    + Count.bytes(bytes),
                .faint
            )
        )
    }

    private func line(_ copy: DuplicateGroup.Copy) -> String {
        let content = copy.image.content
        return PrintableText.of(copy.file.location.absolutePath)
            + "  \(content.width)×\(content.height)  \(Count.bytes(content.byteCount))"
    }

    private static func words(of group: DuplicateGroup) -> String {
        let reason =
            switch group.reason {
            case .userWords: "you wrote something of it"
            case .pixels: "most pixels"
            case .format: "lossless"
            case .bytes: "most bytes"
            case .age: "oldest"
            case .path: "shortest path"
            }
        return group.kind == .exact ? "byte by byte the same; \(reason)" : reason
    }
}
