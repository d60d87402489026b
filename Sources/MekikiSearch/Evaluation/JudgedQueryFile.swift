import Foundation
import MekikiCore

/// A file of queries with their right images: JSON Lines, one query a line.
///
/// ```json
/// {"query": "夜の海", "images": ["sea/night.jpg", 12], "language": "ja", "kind": "scene"}
/// {"query": "a cat", "images": [{"image": "cat.jpg", "grade": 2}, "cat and dog.jpg"]}
/// ```
public struct JudgedQueryFile: Sendable, Equatable {
    /// The queries, in the order of the file.
    public private(set) var queries: [JudgedQuery] = []

    /// The lines that can't be used, in the order of the file.
    public private(set) var problems: [EvaluationProblem] = []

    /// Reads a file; blank lines are passed over.
    ///
    /// - Parameter text: The file's content.
    public init(_ text: String) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        // By bytes: other characters that break lines may stand inside a JSON text.
        for (index, bytes) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = index + 1
            guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
            do {
                queries.append(try Self.query(Data(bytes), line))
            } catch {
                let reason = (error as? Unusable)?.reason ?? Self.reason(of: error)
                problems.append(EvaluationProblem(line: line, reason: reason))
            }
        }
    }

    private static func query(_ data: Data, _ line: Int) throws -> JudgedQuery {
        let entry = try JSONDecoder().decode(Line.self, from: data)
        guard let words = entry.query, words.contains(where: { !$0.isWhitespace }) else {
            throw Unusable("There is no “query”, or it is empty. Write the words to search for.")
        }
        // What is judged as not right is what every image is that is not named.
        let images = (entry.images ?? []).filter { $0.grade > 0 }
        guard !images.isEmpty else {
            throw Unusable(
                "There are no “images”. Name the right ones in a list: paths, numbers or SHA-256."
            )
        }
        for image in images where !image.grade.isFinite {
            throw Unusable("The grade of \(image.image) is no number.")
        }
        let language = entry.language.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        return JudgedQuery(
            line: line,
            words: words,
            images: images.map { JudgedQuery.Judgment(image: $0.image, grade: $0.grade) },
            language: language ?? WrittenLanguage(of: words).rawValue,
            isLanguageDetected: language == nil,
            kind: entry.kind.flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    private static func reason(of error: any Error) -> String {
        let example = #"{"query": "a cat", "images": ["cat.jpg"]}"#
        guard let error = error as? DecodingError else {
            return "This is no JSON. Write a line such as \(example)."
        }
        let context: DecodingError.Context? =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context),
                .keyNotFound(_, let context):
                context
            default: nil
            }
        guard let context else { return "This is no JSON. Write a line such as \(example)." }
        let place = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
            .joined(separator: " ")
        return place.isEmpty
            ? "This is no JSON object. Write a line such as \(example)."
            : "The value of “\(place)” is of the wrong kind. Write a line such as \(example)."
    }

    private struct Unusable: Error {
        var reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// A line as it stands in the file; other keys may stand beside these.
    private struct Line: Decodable {
        var query: String?
        var images: [Image]?
        var language: String?
        var kind: String?
    }

    /// An image: a number, a text, or an object of one of these and a grade.
    private struct Image: Decodable {
        var image: ImageReference
        var grade: Double

        private enum Keys: CodingKey {
            case image, grade
        }

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: Keys.self) {
                let nested = try object.superDecoder(forKey: .image).singleValueContainer()
                image = try Self.reference(nested)
                grade = try object.decodeIfPresent(Double.self, forKey: .grade) ?? 1
            } else {
                image = try Self.reference(try decoder.singleValueContainer())
                grade = 1
            }
        }

        private static func reference(
            _ container: any SingleValueDecodingContainer
        ) throws -> ImageReference {
            if let number = try? container.decode(Int64.self) {
                return .number(ImageID(rawValue: number))
            }
            return ImageReference(try container.decode(String.self))
        }
    }
}
