import Foundation
import MekikiCore

/// Which hub is asked, by whom, and where its files are kept: the settings that Python's client has,
/// under the same names.
public struct HubSettings: Sendable {
    /// The hub's address, without a slash at its end.
    public var endpoint: URL

    /// Who is asking.
    public var token: HubToken?

    /// The cache's folder.
    public var cache: URL

    /// Whether nothing may be asked over the network.
    public var isOffline: Bool

    /// How long a silent connection is waited for.
    public var timeout: Duration

    /// The proxy that connections go through; `nil` for none.
    public var proxy: URL?

    /// The wait after a first failure; it doubles with each that follows.
    public var firstDelay: Duration = .milliseconds(500)

    /// How many files are fetched at once.
    public var connections = 4

    /// Reads the settings.
    ///
    /// - Parameter environment: The process's environment: `HF_ENDPOINT`, `HF_TOKEN`,
    ///   `HF_TOKEN_PATH`, `HF_HOME`, `HF_HUB_CACHE`, `HF_HUB_OFFLINE`, `HF_HUB_DOWNLOAD_TIMEOUT`,
    ///   `HF_HUB_DISABLE_IMPLICIT_TOKEN`, the older names of some, and `HTTPS_PROXY`, `NO_PROXY`.
    /// - Throws: `MekikiError` with code `configuration` that names the variable.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let variables = HubVariables(environment)
        endpoint = try variables.endpoint()
        token = try variables.token()
        cache = variables.cache
        isOffline =
            variables.isOn("HF_HUB_OFFLINE") || variables.isOn("TRANSFORMERS_OFFLINE")
        timeout = try variables.timeout()
        proxy = try variables.proxy(for: endpoint)
    }

    /// The hub's name for a person: its host.
    public var hubName: String { endpoint.host() ?? endpoint.absoluteString }

    /// A repository's page, where its terms are read and accepted.
    ///
    /// - Parameter repository: The repository.
    /// - Returns: The address.
    public func page(of repository: RepositoryName) -> String {
        "\(endpoint.absoluteString)/\(repository)"
    }
}
