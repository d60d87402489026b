/// A host with its port, as a `Host` header or an origin names it.
struct Authority: Equatable {
    /// The name or address in lower case, without the brackets of an IPv6 address.
    let host: String

    /// The port; `nil` for the scheme's own.
    let port: Int?

    /// Reads `host`, `host:port`, `[address]` or `[address]:port`.
    init?(_ text: String) {
        let text = text.lowercased()
        var rest = text[...]
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = String(rest[..<end])
            rest = rest[end...]
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isPlain) else { return nil }
        guard !rest.isEmpty else {
            port = nil
            return
        }
        guard rest.first == ":", let number = UInt16(rest.dropFirst()) else { return nil }
        port = Int(number)
    }

    /// Reads an origin, `scheme://host:port`; `nil` for `null` and other things.
    init?(origin: String) {
        let parts = origin.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let scheme = parts[0].lowercased()
        guard let standard = ["http": 80, "https": 443][scheme],
            let authority = Authority(String(parts[1]))
        else { return nil }
        host = authority.host
        port = authority.port == standard ? nil : authority.port
    }

    /// Letters, digits and what stands between them in names and addresses.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            || [0x2D, 0x2E, 0x3A, 0x5F].contains(byte)
    }

    /// The same host, however its scheme's own port is written.
    func isSame(as other: Authority) -> Bool {
        func plain(_ port: Int?) -> Int? { port == 80 || port == 443 ? nil : port }
        return host == other.host && plain(port) == plain(other.port)
    }
}
