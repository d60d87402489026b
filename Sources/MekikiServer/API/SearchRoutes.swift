import Hummingbird
import MekikiKit

/// `/api/v1/search`: images that answer words, images, or both.
struct SearchRoutes: Sendable {
    let served: ServedModel
    let requests: QueryRequest

    func add(to router: Router<ServerContext>) {
        router.get("/api/v1/search") { request, _ in
            let (query, understood) = try self.query(request)
            try QueryRequest.checkSaysSomething(query)
            return try await self.answer(query, understood)
        }
        router.post("/api/v1/search") { request, _ in
            var (query, understood) = try self.query(request)
            let model = await served.current()
            query.terms += try await requests.pictures(request, for: [model])
                .map { .init(.picture($0)) }
            return try await self.answer(query, understood)
        }
    }

    private func query(
        _ request: Request
    ) throws -> (query: Query, understood: ParsedQuery?) {
        let parameters = try QueryParameters(request.uri.query)
        try parameters.checkNames(QueryRequest.searchNames, repeatable: ["like"])
        return try requests.query(parameters)
    }

    private func answer(_ query: Query, _ understood: ParsedQuery?) async throws -> Response {
        let result = try await served.search(query)
        return try JSONResponse.encode(
            SearchDocument(result, limit: query.limit, understood: understood)
        )
    }
}
