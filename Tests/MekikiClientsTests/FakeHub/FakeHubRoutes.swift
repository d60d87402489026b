import Foundation

/// The hub's own addresses: revisions, listings, and files.
struct FakeHubRoutes: Sendable {
    private let repositories: [String: FakeRepository]
    private let pageSize: Int
    private let hubPort: Int
    private let storePort: Int

    init(
        _ repositories: [String: FakeRepository],
        _ pageSize: Int,
        hubPort: Int,
        storePort: Int
    ) {
        self.repositories = repositories
        self.pageSize = pageSize
        self.hubPort = hubPort
        self.storePort = storePort
    }

    func answer(_ request: FakeRequest) -> FakeReply {
        let parts = request.path.split(separator: "/").map { part in
            part.removingPercentEncoding ?? String(part)
        }
        if parts.starts(with: ["api", "models"]), parts.count >= 6 {
            guard let repository = repositories["\(parts[2])/\(parts[3])"] else { return absent }
            switch parts[4] {
            case "revision": return revision(parts[5], repository)
            case "tree" where parts[5] == repository.commit: return listing(request, repository)
            default: return .failure(404, "RevisionNotFound")
            }
        }
        guard parts.count >= 5, parts[2] == "resolve" else { return .failure(404) }
        guard let repository = repositories["\(parts[0])/\(parts[1])"] else { return absent }
        return file(parts.dropFirst(4).joined(separator: "/"), parts[3], repository, request)
    }

    /// What the hub says to somebody unknown, whether a repository is private or none.
    private var absent: FakeReply { .failure(401, "RepoNotFound", "Invalid username or password.") }

    private func revision(_ name: String, _ repository: FakeRepository) -> FakeReply {
        guard name == "main" || name == repository.commit || repository.tags.contains(name) else {
            return .failure(404, "RevisionNotFound", "Invalid rev id: \(name)")
        }
        return .json(["sha": repository.commit, "gated": repository.gate != nil, "siblings": []])
    }

    private func listing(_ request: FakeRequest, _ repository: FakeRepository) -> FakeReply {
        let paths = repository.files.keys.sorted()
        let cursor = request.uri.split(separator: "&").first { $0.hasPrefix("cursor=") }
        let start = cursor.flatMap { Int($0.dropFirst("cursor=".count)) } ?? 0
        let page = paths.dropFirst(start).prefix(pageSize)
        var reply = FakeReply.json(
            page.map { path -> [String: Any] in
                let data = repository.files[path] ?? Data()
                var entry: [String: Any] = [
                    "type": "file", "path": path, "size": data.count,
                    "oid": FakeRepository.gitBlob(data),
                ]
                if repository.large.contains(path) {
                    entry["oid"] = String(repeating: "0", count: 40)
                    entry["lfs"] = [
                        "oid": FakeRepository.sha256(data), "size": data.count, "pointerSize": 134,
                    ]
                }
                return entry
            } + [["type": "directory", "path": "onnx", "size": 0, "oid": ""]]
        )
        if start + pageSize < paths.count {
            let next =
                "http://127.0.0.1:\(hubPort)\(request.path)?recursive=true&cursor=\(start + pageSize)"
            reply.headers["Link"] = "<\(next)>; rel=\"next\""
        }
        return reply
    }

    private func file(
        _ path: String,
        _ revision: String,
        _ repository: FakeRepository,
        _ request: FakeRequest
    ) -> FakeReply {
        if let gate = repository.gate, request.token != "Bearer \(gate)" {
            return .failure(request.token == nil ? 401 : 403, "GatedRepo", "Access is restricted.")
        }
        guard let data = repository.files[path] else {
            return .failure(404, "EntryNotFound", "Entry not found")
        }
        var reply = FakeStore.part(of: data, request.range)
        reply.headers["X-Repo-Commit"] = repository.commit
        reply.headers["ETag"] = "\"\(repository.etag(path))\""
        guard repository.large.contains(path) else {
            reply.headers["Content-Length"] = String(reply.body.count)
            return reply
        }
        reply.status = 302
        reply.body = Data("Found".utf8)
        reply.headers["ETag"] = "\"something-else\""
        reply.headers["X-Linked-Etag"] = "\"\(repository.etag(path))\""
        reply.headers["X-Linked-Size"] = String(data.count)
        reply.headers["Location"] =
            "http://localhost:\(storePort)/store/\(repository.etag(path))?signature=a%2Fb%3D&name=\(path)"
        return reply
    }
}
