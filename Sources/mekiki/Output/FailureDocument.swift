import MekikiKit

/// A file that could not be indexed, as JSON.
struct FailureDocument: Encodable {
    var file: String
    var reason: String

    init(_ failure: FailureRecord) {
        file = failure.location.absolutePath
        reason = failure.reason
    }
}
