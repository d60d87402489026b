import Foundation
import MekikiCore

/// Writes the captions of a library as one JSON object of file names with their captions, which
/// `CaptionFile` reads.
///
/// Of an image's captions the first of these is written: what the user wrote, what a model wrote, what was
/// imported, what stands in a file beside the image. Where several images have one file name, names are
/// paths.
public struct CaptionExport: Sendable {
    /// Whose caption is written, first to last.
    public static let origins: [TextOrigin] = [.user, .model, .imported, .sidecar]

    private let catalog: any Catalog

    /// Creates an export.
    ///
    /// - Parameter catalog: Where images are kept.
    public init(catalog: any Catalog) { self.catalog = catalog }

    /// The captions of all images with a present file.
    ///
    /// - Returns: A JSON file, UTF-8, indented by four spaces and ordered by path; and how many captions it
    ///   has.
    /// - Throws: `MekikiError` when the storage can't be read.
    public func callAsFunction() async throws -> (data: Data, count: Int) {
        let files = try await catalog.files(under: nil).filter { !$0.isMissing }
        var names: [String: Set<ImageID>] = [:]
        for file in files { names[Self.fold(file.location.name), default: []].insert(file.imageID) }
        var lines: [String] = []
        var written: Set<String> = []
        for start in stride(from: 0, to: files.count, by: 1000) {
            let part = files[start..<min(start + 1000, files.count)]
            let texts = try await catalog.texts(of: Array(Set(part.map(\.imageID))))
            for file in part {
                guard let caption = Self.caption(texts[file.imageID] ?? []) else { continue }
                let isShared = (names[Self.fold(file.location.name)]?.count ?? 0) > 1
                let name = isShared ? file.location.absolutePath : file.location.name
                // Copies of one image under one name are one entry.
                guard written.insert(name).inserted else { continue }
                lines.append("    \(Self.quote(name)): \(Self.quote(caption))")
            }
        }
        let text = lines.isEmpty ? "{}\n" : "{\n" + lines.joined(separator: ",\n") + "\n}\n"
        return (Data(text.utf8), lines.count)
    }

    /// The caption that is written; `nil` for an image without one.
    static func caption(_ texts: [ImageText]) -> String? {
        for origin in origins {
            let own = texts.first { $0.id.origin == origin.rawValue && $0.key == "caption" }
            if let own { return own.text }
        }
        return nil
    }

    private static func fold(_ name: String) -> String {
        name.lowercased().precomposedStringWithCanonicalMapping
    }

    /// A JSON string that keeps every character which JSON lets stand.
    private static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
