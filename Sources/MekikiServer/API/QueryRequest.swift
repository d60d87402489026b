import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit

/// What a request searches for, as its address says, and the picture that its body may bring.
struct QueryRequest: Sendable {
    let library: Library
    let options: ServerOptions
    let gate: UploadGate

    /// The most characters of a query: far more than a model reads.
    static let longestQuery = 2000

    /// The most images of the library that one query starts from.
    static let mostLike = 16

    /// The parameters of every search.
    static let names: Set<String> = ["q", "like", "limit", "offset"]

    /// Those of a search over pictures and words.
    static let searchNames = names.union(["target", "method", "cursor"])

    /// Reads an address.
    ///
    /// - Parameter parameters: The address's parameters, whose names were checked.
    /// - Returns: The query, without terms when it says nothing; and what was understood of its words.
    /// - Throws: `Problem` for what is malformed.
    func query(
        _ parameters: QueryParameters
    ) throws -> (query: Query, understood: ParsedQuery?) {
        var parsed: ParsedQuery?
        if let words = parameters.text("q") {
            guard words.unicodeScalars.count <= Self.longestQuery else {
                throw Problem.usage("q: At most \(Self.longestQuery) characters are searched for.")
            }
            guard words.contains(where: { !$0.isWhitespace }) else {
                throw Problem.usage("q: The words to search for are empty.")
            }
            parsed = QueryParser(now: Date(), timeZone: .current).parse(words)
        }
        var query = Query(
            parsed,
            limit: try parameters.integer("limit", in: PageBounds.limits, default: 16),
            offset: try parameters.integer("offset", in: PageBounds.offsets, default: 0)
        )
        if let words = parameters.text("q"), Self.saysNothing(query) {
            // Signs that mean nothing to the query language are words to a model.
            query.terms.append(.init(.words(words)))
        }
        query.terms += try parameters.imageIDs("like", most: Self.mostLike).map { .init(.like($0)) }
        query.target = try Self.choice("target", parameters) ?? .all
        query.method = try Self.choice("method", parameters) ?? .hybrid
        query.cursor = parameters.text("cursor")
        return (query, parsed)
    }

    /// A parameter that names one of a few things.
    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ parameters: QueryParameters
    ) throws -> Choice? {
        guard let text = parameters.text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.usage("\(name): One of these is wanted: \(known).")
        }
        return choice
    }

    private static func saysNothing(_ query: Query) -> Bool {
        query.terms.isEmpty && query.text == nil && query.filter == nil
            && query.exclusions.isEmpty
    }

    /// Refuses a query that says nothing.
    ///
    /// - Parameter query: The query.
    /// - Throws: `Problem` without terms.
    static func checkSaysSomething(_ query: Query) throws {
        guard !saysNothing(query) else {
            throw Problem.usage("Nothing is searched for: give q, like, or both.")
        }
    }

    /// Reads and decodes a request's body, for each model as it needs it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - models: The models that are to encode it.
    /// - Returns: A picture for each model.
    /// - Throws: `Problem` for no body, or one that is too large or takes too long; `MekikiError` for one
    ///   that is no image.
    func pictures(_ request: Request, for models: [LoadedModel]) async throws -> [PixelBuffer] {
        try Self.checkType(request.headers[.contentType])
        return try await gate.pass {
            let body = try await UploadedBody.collect(
                request,
                limit: options.uploadBytes,
                time: options.uploadTime
            )
            guard !body.isEmpty else {
                throw Problem.usage("The body is empty; an image's bytes are wanted.")
            }
            var pictures: [PixelBuffer] = []
            for model in models {
                pictures.append(
                    try await library.picture(in: body, for: model, pixels: options.uploadPixels)
                )
            }
            return pictures
        }
    }

    /// What a body is, its bytes say; the header only must not say that it is something else.
    private static func checkType(_ type: String?) throws {
        guard let name = MediaType.name(of: type) else { return }
        guard name.hasPrefix("image/") || name == "application/octet-stream" else {
            throw Problem(
                .unsupportedMediaType,
                "usage",
                "An image's bytes are wanted as the body, with a Content-Type of image/… "
                    + "or application/octet-stream."
            )
        }
    }
}
