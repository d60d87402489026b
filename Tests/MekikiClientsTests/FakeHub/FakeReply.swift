import Foundation

/// What a fake server answers, faults included.
struct FakeReply: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body = Data()
    /// Bytes of the body after which the connection is closed.
    var cutAfter: Int?
    /// How long nothing comes.
    var delay = Duration.zero
    /// Whether the length is left out, and the body comes in chunks.
    var isChunked = false
    /// Bytes that come at once, with a pause after each; `nil` for all.
    var trickle: Int?

    static func failure(_ status: Int, _ code: String? = nil, _ message: String? = nil) -> FakeReply
    {
        var reply = FakeReply(status: status)
        reply.headers["X-Error-Code"] = code
        reply.headers["X-Error-Message"] = message
        return reply
    }

    static func json(_ value: Any) -> FakeReply {
        let body = (try? JSONSerialization.data(withJSONObject: value)) ?? Data()
        return FakeReply(headers: ["Content-Type": "application/json"], body: body)
    }
}
