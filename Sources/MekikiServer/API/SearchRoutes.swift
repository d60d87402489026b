import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit

/// `/api/v1/search`: images that answer words, images, or both.
struct SearchRoutes: Sendable {
    let library: Library
    let model: LoadedModel
    let options: ServerOptions
    let gate: UploadGate

    /// The most characters of a query: far more than a model reads.
    static let longestQuery = 2000

    /// The most images of the library that one query starts from.
    static let mostLike = 16

    func add(to router: Router<ServerContext>) {
        router.get("/api/v1/search") { request, _ in
            let query = try self.query(request)
            guard !query.terms.isEmpty else {
                throw Problem.usage("Nothing is searched for: give q, like, or both.")
            }
            return try await self.answer(query)
        }
        router.post("/api/v1/search") { request, _ in
            var query = try self.query(request)
            try Self.checkType(request.headers[.contentType])
            let options = options
            let picture = try await gate.pass {
                let body = try await UploadedBody.collect(
                    request,
                    limit: options.uploadBytes,
                    time: options.uploadTime
                )
                guard !body.isEmpty else {
                    throw Problem.usage("The body is empty; an image's bytes are wanted.")
                }
                return try await library.picture(
                    in: body,
                    for: model,
                    pixels: options.uploadPixels
                )
            }
            query.terms.append(.init(.picture(picture)))
            return try await self.answer(query)
        }
    }

    private func answer(_ query: Query) async throws -> Response {
        let result = try await library.search(query, with: model)
        return try JSONResponse.encode(SearchDocument(result, limit: query.limit))
    }

    private func query(_ request: Request) throws -> Query {
        let parameters = try QueryParameters(request.uri.query)
        try parameters.checkNames(["q", "like", "limit", "offset"], repeatable: ["like"])
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
