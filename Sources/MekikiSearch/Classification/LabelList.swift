import Foundation
import MekikiCore

/// The labels that are tried together on a picture.
public struct LabelList: Sendable, Hashable {
    /// The labels, in the order given; names are distinct, at least one.
    public let labels: [Label]

    /// Reads labels separated by commas, Japanese ones included.
    ///
    /// - Parameter list: The labels, such as `cat,dog` or `犬、猫`.
    /// - Throws: `MekikiError` with code `usage` when there is none, or one stands twice.
    public init(separated list: String) throws {
        let parts = list.split(whereSeparator: { ",，、".contains($0) })
            .map { $0.trimmingCharacters(in: .whitespaces) }
        do {
            let found = try parts.filter { !$0.isEmpty }.map { (0, try Self.label([$0])) }
            self.init(checked: try Self.distinct(found))
        } catch var error as MekikiError {
            error.code = .usage
            throw error
        }
        guard !labels.isEmpty else {
            throw MekikiError(.usage, "There is no label. Write them as in cat,dog.")
        }
    }

    /// Reads a file of labels: one a line, with names and prompts after tabs.
    ///
    /// The first column is the label. Further columns are what the model gets in its place: names of
    /// the thing, in Japanese or English, or whole prompts after `prompt:`. Blank lines, and those that
    /// begin with `# `, are passed over.
    ///
    /// - Parameter text: The file's content.
    /// - Throws: `MekikiError` with code `badData` that names the line which can't be used.
    public init(lines text: String) throws {
        var found: [(Int, Label)] = []
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map { String($0).trimmingCharacters(in: .whitespaces) }
            guard columns.contains(where: { !$0.isEmpty }), columns[0] != "#",
                !columns[0].hasPrefix("# ")
            else { continue }
            do {
                found.append((index + 1, try Self.label(columns)))
            } catch var error as MekikiError {
                error.message = "Line \(index + 1): \(error.message)"
                throw error
            }
        }
        self.init(checked: try Self.distinct(found))
        guard !labels.isEmpty else {
            throw MekikiError(.badData, "There is no label in this file. Write one on each line.")
        }
    }

    private init(checked labels: [Label]) { self.labels = labels }

    /// A name for these labels that other labels don't have: the labels themselves, where they are few.
    public var name: String {
        let joined = labels.map(\.name).joined(separator: ",")
        guard joined.utf8.count > 100 else { return joined }
        let fingerprint = ContentHash(of: Data(joined.utf8)).description.prefix(8)
        return "\(labels.count) labels from \(labels[0].name) (\(fingerprint))"
    }

    private static func label(_ columns: [String]) throws -> Label {
        // One form for what looks the same, so that a tag is found however it is typed.
        let columns = columns.map(\.precomposedStringWithCanonicalMapping)
        guard let name = columns.first, !name.isEmpty else {
            throw MekikiError(.badData, "The label before the first tab is empty. Write one.")
        }
        guard !columns.contains(where: { $0.unicodeScalars.contains(where: isControl) }) else {
            throw MekikiError(.badData, "A label has a control character. Take it out.")
        }
        var nouns: [String] = []
        var prompts: [String] = []
        for column in columns.dropFirst() where !column.isEmpty {
            guard column.hasPrefix("prompt:") else {
                nouns.append(column)
                continue
            }
            let prompt = column.dropFirst("prompt:".count).trimmingPrefix(while: \.isWhitespace)
            guard !prompt.isEmpty else {
                throw MekikiError(.badData, "There is nothing after “prompt:”. Write the prompt.")
            }
            prompts.append(String(prompt))
        }
        if nouns.isEmpty, prompts.isEmpty { nouns = [name] }
        return Label(name, nouns: nouns, prompts: prompts)
    }

    /// Checks that no name stands twice; lines count from 1, and 0 is none.
    private static func distinct(_ labels: [(line: Int, label: Label)]) throws -> [Label] {
        var lines: [String: Int] = [:]
        for (line, label) in labels {
            if let other = lines[label.name] {
                let place = line > 0 ? " (lines \(other) and \(line))" : ""
                throw MekikiError(
                    .badData,
                    "The label “\(label.name)” stands twice\(place). Take one out."
                )
            }
            lines[label.name] = line
        }
        return labels.map(\.label)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
