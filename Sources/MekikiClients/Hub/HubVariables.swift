import Foundation
import MekikiCore

/// The environment's variables that Python's client of the hub reads too.
struct HubVariables {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The cache: the first of `HF_HUB_CACHE`, its older name, and `hub` in `HF_HOME`.
    var cache: URL {
        if let path = value("HF_HUB_CACHE") ?? value("HUGGINGFACE_HUB_CACHE") {
            return folder(path)
        }
        return home.appending(path: "hub", directoryHint: .isDirectory)
    }

    func endpoint() throws -> URL {
        var text = value("HF_ENDPOINT") ?? "https://huggingface.co"
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false, url.query() == nil, url.user() == nil
        else {
            throw MekikiError(
                .configuration,
                "“\(text)” is no address of a hub. Use one like https://huggingface.co.",
                subject: "HF_ENDPOINT"
            )
        }
        return url
    }

    /// The token of the environment, else of the file that Python's `hf auth login` writes.
    func token() throws -> HubToken? {
        guard !isOn("HF_HUB_DISABLE_IMPLICIT_TOKEN") else { return nil }
        for name in ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] {
            if let text = value(name), let token = try HubToken(text, from: name) { return token }
        }
        let file = value("HF_TOKEN_PATH").map(folder) ?? home.appending(path: "token")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return try HubToken(text, from: file.path)
    }

    /// Longer than Python's ten seconds: a hub that is slow to start is not gone.
    func timeout() throws -> Duration {
        guard let text = value("HF_HUB_DOWNLOAD_TIMEOUT") else { return .seconds(30) }
        guard let seconds = Int(text), (1...86_400).contains(seconds) else {
            throw MekikiError(
                .configuration,
                "“\(text)” is no number of seconds.",
                subject: "HF_HUB_DOWNLOAD_TIMEOUT"
            )
        }
        return .seconds(seconds)
    }

    func proxy(for endpoint: URL) throws -> URL? {
        let isSecure = endpoint.scheme?.lowercased() == "https"
        let names =
            isSecure
            ? ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            // Upper case is never read here: servers once set it from a request's headers.
            : ["http_proxy", "ALL_PROXY", "all_proxy"]
        guard let name = names.first(where: { value($0) != nil }), let text = value(name),
            !isExempt(endpoint.host() ?? "")
        else { return nil }
        let address = text.contains("://") ? text : "http://" + text
        guard let url = URL(string: address), url.scheme?.lowercased() == "http",
            url.host()?.isEmpty == false
        else {
            throw MekikiError(
                .configuration,
                "“\(text)” is no address of a proxy that Mekiki can use. "
                    + "Use one like http://proxy.example:3128.",
                subject: name
            )
        }
        return url
    }

    func isOn(_ name: String) -> Bool {
        ["1", "ON", "YES", "TRUE"].contains(environment[name]?.uppercased() ?? "")
    }

    private var home: URL {
        if let path = value("HF_HOME") { return folder(path) }
        if let path = value("XDG_CACHE_HOME") { return folder(path).appending(path: "huggingface") }
        return folder("~/.cache/huggingface")
    }

    private func value(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func folder(_ path: String) -> URL {
        var path = path
        if path == "~" || path.hasPrefix("~/") {
            let user = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            path = (user ?? NSHomeDirectory()) + path.dropFirst()
        }
        return URL(filePath: path).standardizedFileURL
    }

    /// Whether `NO_PROXY` names a host, or a domain that it is in.
    private func isExempt(_ host: String) -> Bool {
        let list = value("NO_PROXY") ?? value("no_proxy") ?? ""
        return list.split(separator: ",").contains { entry in
            var name = entry.trimmingCharacters(in: .whitespaces).lowercased()
            if name == "*" { return true }
            if name.hasPrefix(".") { name.removeFirst() }
            let host = host.lowercased()
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }
}
