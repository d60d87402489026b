import Foundation
import MekikiCore

/// The hub's addresses, and which of them may see the token.
struct HubAddresses: Sendable {
    private let endpoint: URL

    init(_ endpoint: URL) {
        self.endpoint = endpoint
    }

    /// Where a revision's commit is told.
    func revision(_ revision: String, of repository: RepositoryName) -> String {
        "\(endpoint.absoluteString)/api/models/\(repository)/revision/\(Self.encoded(revision))"
    }

    /// Where a commit's files are listed.
    func listing(_ commit: String, of repository: RepositoryName) -> String {
        "\(endpoint.absoluteString)/api/models/\(repository)/tree/\(commit)?recursive=true&expand=false"
    }

    /// Where a file is.
    func file(_ path: String, _ commit: String, of repository: RepositoryName) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return "\(endpoint.absoluteString)/\(repository)/resolve/\(commit)/"
            + parts.map { Self.encoded(String($0)) }.joined(separator: "/")
    }

    /// Whether an address is one of the hub: only these get the token, because those who store the
    /// files for it are somebody else.
    ///
    /// - Parameter address: An absolute address.
    /// - Returns: `false` too for what can't be read.
    func isHub(_ address: String) -> Bool {
        guard let url = URL(string: address), let host = url.host()?.lowercased() else {
            return false
        }
        if url.scheme?.lowercased() == endpoint.scheme?.lowercased(),
            host == endpoint.host()?.lowercased(), url.port == endpoint.port
        {
            return true
        }
        return url.scheme?.lowercased() == "https" && url.port == nil
            && ["huggingface.co", "hf.co"].contains(host)
    }

    /// The address that a `Location` header names.
    ///
    /// - Parameters:
    ///   - location: The header, absolute or relative.
    ///   - address: The address that answered.
    /// - Returns: An absolute address; `nil` for what can't be read, or leads from an encrypted
    ///   connection to one that isn't.
    func target(of location: String, from address: String) -> String? {
        guard let base = URL(string: address),
            let url = URL(string: location, relativeTo: base)?.absoluteURL,
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false
        else { return nil }
        if base.scheme?.lowercased() == "https", scheme != "https" { return nil }
        // As it was written where it is whole: a signed address must not change by a letter.
        return location.contains("://") ? location : url.absoluteString
    }

    /// A part of a path with all that means something in addresses escaped, slashes included.
    private static func encoded(_ part: String) -> String {
        var allowed = CharacterSet(charactersIn: "-._~")
        allowed.insert(charactersIn: "a"..."z")
        allowed.insert(charactersIn: "A"..."Z")
        allowed.insert(charactersIn: "0"..."9")
        return part.addingPercentEncoding(withAllowedCharacters: allowed) ?? part
    }
}
