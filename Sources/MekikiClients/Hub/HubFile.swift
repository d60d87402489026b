/// A file of a repository, as the hub lists it.
struct HubFile: Sendable, Hashable {
    /// Its path in the repository.
    var path: String

    /// Its length in bytes.
    var size: Int64

    /// The hash of its content; `nil` where the hub tells none.
    var hash: ContentCheck?
}
