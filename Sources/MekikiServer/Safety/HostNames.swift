import Foundation

/// By which names clients may call this server.
///
/// A page of another site can point a name of its own at this machine (DNS rebinding) and so make
/// the browser believe that both are one site. Such a request carries the other site's name.
struct HostNames: Sendable {
    private let names: Set<String>
    private let takesAddresses: Bool

    /// Decides for an address to listen on.
    ///
    /// - Parameters:
    ///   - host: The address.
    ///   - allowed: More names, from the person who started the server.
    ///   - machine: What this machine calls itself.
    init(listeningOn host: String, allowed: [String], machine: String) {
        var names: Set<String> = ["localhost", "127.0.0.1", "::1"]
        // With a port or brackets they are meant all the same.
        names.formUnion(allowed.compactMap { Authority($0)?.host })
        if !Self.isLoopback(host) {
            names.insert(host.lowercased())
            names.insert(machine.lowercased())
            names.insert(machine.lowercased() + ".local")
        }
        self.names = names
        // Only names can be pointed elsewhere; a number is what the client connected to.
        takesAddresses = !Self.isLoopback(host)
    }

    /// Whether only this machine reaches an address.
    static func isLoopback(_ host: String) -> Bool {
        host.lowercased() == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && isAddress(host))
    }

    /// Whether a request may name this host.
    ///
    /// - Parameter authority: The `Host` header: a name or address, with or without a port.
    /// - Returns: Whether it means this server.
    func accepts(_ authority: String) -> Bool {
        guard let host = Authority(authority)?.host else { return false }
        return names.contains(host) || (takesAddresses && Self.isAddress(host))
    }

    /// Whether a text is an IP address.
    private static func isAddress(_ text: String) -> Bool {
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }
}
