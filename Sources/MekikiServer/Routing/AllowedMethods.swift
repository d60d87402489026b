import Hummingbird

/// Which methods each address of a router takes.
struct AllowedMethods: Sendable {
    private struct Pattern {
        /// The parts between slashes; `nil` stands for any.
        var parts: [String?]
        var methods: [String]
    }

    private let patterns: [Pattern]

    /// Lists a router's routes.
    init(of routes: [(path: String, method: String)]) {
        var methods: [String: [String]] = [:]
        for route in routes { methods[route.path, default: []].append(route.method) }
        patterns = methods.map { path, methods in
            var methods = methods
            if methods.contains("GET"), !methods.contains("HEAD") { methods.append("HEAD") }
            return Pattern(
                parts: Self.parts(path).map { $0.hasPrefix("{") ? nil : $0 },
                methods: methods.sorted()
            )
        }
    }

    /// The methods that an address takes, sorted; none for an address that is not there.
    func methods(of path: String) -> [String] {
        let parts = Self.parts(path)
        let found = patterns.filter { pattern in
            pattern.parts.count == parts.count
                && zip(pattern.parts, parts).allSatisfy { $0 == nil || $0 == $1 }
        }
        return Set(found.flatMap(\.methods)).sorted()
    }

    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }
}
