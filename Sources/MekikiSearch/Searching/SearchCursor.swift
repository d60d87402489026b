import Foundation
import MekikiCore

/// Where a page ended: the same query with this goes on behind it.
///
/// It keeps the number of the newest image when the first page was made. Later ones don't take part, so
/// that whatever arrives between two pages moves nothing.
struct SearchCursor: Codable, Equatable, Sendable {
    /// A fingerprint of the query that it belongs to.
    var query: String

    /// How many hits came before.
    var offset: Int

    /// The newest image that takes part.
    var newest: Int64

    /// The cursor as text for addresses.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = (try? encoder.encode(self)) ?? Data()
        return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// Creates a cursor.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - offset: How many hits came before.
    ///   - newest: The newest image that takes part.
    init(_ query: Query, offset: Int, newest: ImageID) {
        self.query = Self.fingerprint(of: query)
        self.offset = offset
        self.newest = newest.rawValue
    }

    /// Reads a cursor.
    ///
    /// - Parameters:
    ///   - text: What a page gave.
    ///   - query: The query that goes on.
    /// - Throws: `MekikiError` with code `noInput` when it is no cursor, or of another query.
    init(_ text: String, of query: Query) throws {
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64),
            let cursor = try? JSONDecoder().decode(SearchCursor.self, from: data),
            cursor.query == Self.fingerprint(of: query), cursor.offset >= 0, cursor.newest >= 0,
            // Nobody has a trillion images, and a set of all numbers must have room.
            cursor.newest < 1 << 32, cursor.offset < 1 << 32
        else {
            throw MekikiError(
                .noInput,
                "The cursor belongs to another query, or is damaged. Leave it out to begin anew.",
                subject: "cursor"
            )
        }
        self = cursor
    }

    /// All images that take part.
    var images: ImageSet { ImageSet(upTo: ImageID(rawValue: newest)) }

    /// A hash of what decides the order of a query's hits; pictures count by their bytes.
    private static func fingerprint(of query: Query) -> String {
        var parts: [String] = []
        for term in query.terms {
            let content =
                switch term.content {
                case .words(let words): "words \(words)"
                case .like(let id): "like \(id)"
                case .picture(let picture):
                    "picture \(ContentHash(of: Data(picture.bytes)))"
                }
            parts.append("\(term.weight) \(content)")
        }
        parts.append("\(String(describing: query.text)) \(query.exclusions)")
        parts.append("\(String(describing: query.filter))")
        parts.append("\(query.target) \(query.method) \(query.reranks)")
        let hash = ContentHash(of: Data(parts.joined(separator: "\n").utf8))
        return String(hash.description.prefix(16))
    }
}
