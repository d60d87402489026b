/// The languages that the page speaks.
enum PageLanguage: String, Sendable, CaseIterable {
    case japanese = "ja"
    case english = "en"

    /// Chooses a language.
    ///
    /// - Parameters:
    ///   - chosen: What the person chose on the page; it goes before everything else.
    ///   - accepted: The browser's `Accept-Language`.
    init(chosen: String?, accepted: String?) {
        if let language = chosen.flatMap(Self.init(rawValue:)) {
            self = language
            return
        }
        let wishes = (accepted ?? "").split(separator: ",").map {
            part -> (tag: String, q: Double) in
            let fields = part.split(separator: ";").map {
                $0.filter { !$0.isWhitespace }.lowercased()
            }
            let quality = fields.dropFirst().first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) }
            return (fields.first ?? "", quality ?? 1)
        }
        var best: (language: Self, q: Double)?
        for wish in wishes where wish.q > (best?.q ?? 0) {
            let primary = wish.tag.split(separator: "-").first.map(String.init) ?? ""
            if let language = Self(rawValue: primary) { best = (language, wish.q) }
        }
        self = best?.language ?? .english
    }
}
