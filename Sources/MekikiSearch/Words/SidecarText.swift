import Foundation
import MekikiCore

/// What a text file beside an image says.
enum SidecarText {
    /// Files longer than this are something else.
    static let longest = 1 << 20

    /// The endings of text files beside images, in the order in which their texts are kept.
    static let endings = ["txt", "caption", "json"]

    /// The texts of a file.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - ending: Its ending in lower case.
    /// - Returns: The texts with the keys of ``TextOrigin/sidecar``; none for what is no text.
    static func chunks(_ data: Data, ending: String) -> [ImageMetadata.TextChunk] {
        guard data.count <= longest, let text = decode(data) else { return [] }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { return [] }
        return ending == "json" ? object(trimmed) : plain(trimmed)
    }

    /// Decodes UTF-8, UTF-16 with its mark, and Shift JIS, in which old Japanese programs write; `nil` for
    /// bytes that are no text.
    ///
    /// - Parameter data: The bytes.
    /// - Returns: The text.
    static func decode(_ data: Data) -> String? {
        var bytes = data
        if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
            return String(data: data, encoding: .utf16)
        }
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = data.dropFirst(3) }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self) ?? String(data: bytes, encoding: .shiftJIS)
    }

    /// A caption, or what a generator wrote: its prompt, and all of it.
    private static func plain(_ text: String) -> [ImageMetadata.TextChunk] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        func isSettings(_ line: Substring) -> Bool {
            line.hasPrefix("Steps: ") && line.dropFirst(7).first?.isNumber == true
        }
        guard let settings = lines.lastIndex(where: isSettings) else {
            return [ImageMetadata.TextChunk(key: "caption", text: text)]
        }
        let prompt = lines[..<settings].prefix { !$0.hasPrefix("Negative prompt:") }
            .joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        let whole = ImageMetadata.TextChunk(key: "parameters", text: text)
        guard !prompt.isEmpty else { return [whole] }
        return [ImageMetadata.TextChunk(key: "prompt", text: prompt), whole]
    }

    /// The captions and the prompt of an object; the object as it is where it has neither.
    private static func object(_ text: String) -> [ImageMetadata.TextChunk] {
        let raw = [ImageMetadata.TextChunk(key: "json", text: text)]
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        else { return raw }
        let known = [
            ("caption", "caption"), ("description", "caption"), ("title", "caption"),
            ("prompt", "prompt"),
        ]
        var chunks: [ImageMetadata.TextChunk] = []
        for (name, key) in known {
            guard let value = object[name] as? String,
                value.contains(where: { !$0.isWhitespace })
            else { continue }
            chunks.append(ImageMetadata.TextChunk(key: key, text: value))
        }
        return chunks + raw
    }
}
