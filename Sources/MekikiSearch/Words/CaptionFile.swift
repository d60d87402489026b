import Foundation
import MekikiCore

/// A file of captions that another program wrote.
///
/// Two kinds are told apart by what they hold, not by their name: one object of file names with their
/// captions, and JSON Lines of objects with an `image_path` and a `description`.
public struct CaptionFile: Sendable, Equatable {
    /// Captions with the images that they name.
    public private(set) var entries: [Entry] = []

    /// What could not be read, in the order of the file.
    public private(set) var faults: [Fault] = []

    /// A caption.
    public struct Entry: Sendable, Hashable {
        /// A file name or path, as it stands in the file.
        public var name: String

        /// The caption.
        public var caption: String

        /// Creates an entry.
        ///
        /// - Parameters:
        ///   - name: A file name or path.
        ///   - caption: The caption.
        public init(name: String, caption: String) {
            self.name = name
            self.caption = caption
        }
    }

    /// A place that could not be read.
    public struct Fault: Sendable, Hashable {
        /// Where it is: `line 7`, or the name of an entry.
        public var place: String

        /// What is wrong.
        public var reason: String
    }

    /// Files longer than this many bytes are refused.
    public static let longest = 256 << 20

    /// Reads a file.
    ///
    /// - Parameter data: The whole file.
    /// - Throws: `MekikiError` with code `badData` when it is neither of the two kinds.
    public init(_ data: Data) throws {
        guard data.count <= Self.longest else {
            throw MekikiError(
                .badData,
                "The file has \(data.count) bytes; the limit is \(Self.longest)."
            )
        }
        guard let text = SidecarText.decode(data) else {
            throw MekikiError(.badData, "The file is no text. \(Self.kinds)")
        }
        switch try? JSONSerialization.jsonObject(with: Data(text.utf8)) {
        case let object as [String: Any] where Self.isLine(object):
            add(object, "line 1")
        case let object as [String: Any]:
            // The parser keeps no order; that of names is one that everybody knows.
            for (name, value) in object.sorted(by: { $0.key < $1.key }) { add(name, value) }
        case let list as [[String: Any]]:
            for (index, object) in list.enumerated() { add(object, "entry \(index + 1)") }
        default:
            readLines(text)
        }
        guard !entries.isEmpty || faults.isEmpty else {
            throw MekikiError(
                .badData,
                "The file holds no captions (\(faults[0].place): \(faults[0].reason)). \(Self.kinds)"
            )
        }
    }

    private static let kinds =
        "It has to be one object of file names with their captions, or lines of objects with "
        + "image_path and description."

    private static func isLine(_ object: [String: Any]) -> Bool {
        object["image_path"] is String && object["description"] != nil
    }

    private mutating func readLines(_ text: String) {
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        ).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let place = "line \(index + 1)"
            guard
                let object = try? JSONSerialization.jsonObject(with: Data(line.utf8))
                    as? [String: Any]
            else {
                faults.append(Fault(place: place, reason: "it is no JSON object"))
                continue
            }
            add(object, place)
        }
    }

    private mutating func add(_ object: [String: Any], _ place: String) {
        guard let name = object["image_path"] as? String else {
            faults.append(Fault(place: place, reason: "it has no image_path"))
            return
        }
        guard let caption = object["description"] as? String else {
            faults.append(Fault(place: place, reason: "it has no description"))
            return
        }
        add(name, caption)
    }

    private mutating func add(_ name: String, _ value: Any) {
        guard let caption = value as? String else {
            faults.append(Fault(place: name, reason: "its caption is no text"))
            return
        }
        let trimmed = caption.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            faults.append(Fault(place: name, reason: "its caption is empty"))
            return
        }
        entries.append(Entry(name: name, caption: trimmed))
    }
}
