import Foundation

/// The store of large files: it wants no token, and knows ranges.
struct FakeStore: Sendable {
    private let repositories: [String: FakeRepository]

    init(_ repositories: [String: FakeRepository]) {
        self.repositories = repositories
    }

    func answer(_ request: FakeRequest) -> FakeReply {
        // As stores behind signed addresses do: two ways of asking at once are refused.
        guard request.token == nil else { return .failure(400) }
        guard request.uri.contains("signature=a%2Fb%3D") else { return .failure(403) }
        let name = request.path.split(separator: "/").last.map(String.init) ?? ""
        for repository in repositories.values {
            for path in repository.large {
                guard let data = repository.files[path], repository.etag(path) == name else {
                    continue
                }
                return Self.part(of: data, request.range)
            }
        }
        return .failure(404)
    }

    /// All of a content, or what a range asks for.
    static func part(of data: Data, _ range: String?) -> FakeReply {
        guard let range, range.hasPrefix("bytes="), range.hasSuffix("-"),
            let start = Int(range.dropFirst(6).dropLast())
        else { return FakeReply(body: data) }
        guard start < data.count else {
            return FakeReply(status: 416, headers: ["Content-Range": "bytes */\(data.count)"])
        }
        return FakeReply(
            status: 206,
            headers: ["Content-Range": "bytes \(start)-\(data.count - 1)/\(data.count)"],
            body: data.dropFirst(start)
        )
    }
}
