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

    /// Reads an address.
    ///
    /// - Parameter parameters: The address's parameters, whose names were checked.
    /// - Returns: The query; without terms when it says nothing.
    /// - Throws: `Problem` for what is malformed.
    func query(_ parameters: QueryParameters) throws -> Query {
        var terms: [Query.Term] = []
        if let words = parameters.text("q") {
            guard words.unicodeScalars.count <= Self.longestQuery else {
                throw Problem.usage("q: At most \(Self.longestQuery) characters are searched for.")
            }
            guard words.contains(where: { !$0.isWhitespace }) else {
                throw Problem.usage("q: The words to search for are empty.")
            }
            terms.append(.init(.words(words)))
        }
        terms += try parameters.imageIDs("like", most: Self.mostLike).map { .init(.like($0)) }
        return Query(
            terms: terms,
            limit: try parameters.integer("limit", in: PageBounds.limits, default: 16),
            offset: try parameters.integer("offset", in: PageBounds.offsets, default: 0)
        )
    }

    /// Refuses a query that says nothing.
    ///
    /// - Parameter query: The query.
    /// - Throws: `Problem` without terms.
    static func checkSaysSomething(_ query: Query) throws {
        guard !query.terms.isEmpty else {
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
