/// What a fake server was asked.
struct FakeRequest: Sendable {
    /// Who was asked.
    enum Place: Sendable {
        case hub
        case store
    }

    var place: Place
    var method: String
    /// The path with its query, as it came.
    var uri: String
    var headers: [String: String]
    /// How many requests of the same method, place and path came before.
    var earlier = 0

    var path: String { String(uri.split(separator: "?", maxSplits: 1).first ?? "") }
    var token: String? { headers["authorization"] }
    var range: String? { headers["range"] }
}
