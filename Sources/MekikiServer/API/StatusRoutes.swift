import Hummingbird
import MekikiKit
import NIOCore

/// `/healthz`, `/api/v1/status` and the API's own description.
struct StatusRoutes: Sendable {
    let library: Library
    let status: LibraryStatus
    let description: PageFile

    func add(to router: Router<ServerContext>) {
        router.get("/healthz") { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            // The catalog must answer: a server without its library is not well.
            _ = try await library.newest(limit: 1)
            return try JSONResponse.encode(["status": "ok"])
        }
        router.get("/api/v1/status") { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            return try JSONResponse.encode(try await status.current())
        }
        router.get("/openapi.yaml") { request, _ in
            try QueryParameters(request.uri.query).checkNames([])
            return description.response(to: request)
        }
    }
}
