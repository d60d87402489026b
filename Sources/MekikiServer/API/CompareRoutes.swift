import Hummingbird
import MekikiKit

/// `/api/v1/compare`: the answers of two models to one query.
struct CompareRoutes: Sendable {
    let library: Library
    let served: ServedModel
    let compared: ComparedModels
    let requests: QueryRequest

    func add(to router: Router<ServerContext>) {
        router.get("/api/v1/compare") { request, _ in
            let (query, models) = try await self.query(request)
            try QueryRequest.checkSaysSomething(query)
            return try await self.answer(query, models, pictures: [])
        }
        router.post("/api/v1/compare") { request, _ in
            let (query, models) = try await self.query(request)
            let pictures = try await requests.pictures(request, for: models)
            return try await self.answer(query, models, pictures: pictures)
        }
    }

    private func query(_ request: Request) async throws -> (Query, [LoadedModel]) {
        let parameters = try QueryParameters(request.uri.query)
        try parameters.checkNames(
            QueryRequest.names.union(["model"]),
            repeatable: ["like", "model"]
        )
        let query = try requests.query(parameters).query
        let names = parameters.texts("model")
        guard names.count <= 2 else {
            throw Problem.usage("model: Two models are compared, not more.")
        }
        var named: [ChosenSpace] = []
        for name in names { named.append(try await library.space(named: name).chosen) }
        var models: [LoadedModel] = []
        for space in try await library.comparedSpaces(named) {
            models.append(try await compared.model(of: space, beside: served))
        }
        return (query, models)
    }

    private func answer(
        _ query: Query,
        _ models: [LoadedModel],
        pictures: [PixelBuffer]
    ) async throws -> Response {
        let comparison = try await library.compare(models[0], models[1]) { model in
            var query = query
            let index = models.firstIndex { $0.space == model.space } ?? 0
            if pictures.indices.contains(index) {
                query.terms.append(.init(.picture(pictures[index])))
            }
            return query
        }
        return try JSONResponse.encode(ComparisonDocument(comparison, limit: query.limit))
    }
}
