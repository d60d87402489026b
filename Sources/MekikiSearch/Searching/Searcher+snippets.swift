import MekikiCore

extension Searcher {
    /// The words that matched, by image and the place of the reason.
    func snippets(
        of found: [Found],
        _ query: Query
    ) async throws -> [ImageID: [Int: TextSnippet]] {
        var snippets: [ImageID: [Int: TextSnippet]] = [:]
        let byLetter = found.filter { $0.reasons.contains { $0.channel == .fullText } }.map(\.id)
        if !byLetter.isEmpty {
            let targets = try ChannelPlan(query, hasWordVectors: wordsEncoder != nil).targets
            let marked = try await catalog.snippets(
                of: query.textQuery,
                in: byLetter,
                targets: targets
            )
            for image in found {
                guard let place = image.reasons.firstIndex(where: { $0.channel == .fullText }),
                    let snippet = marked[image.id]?.first
                else { continue }
                snippets[image.id, default: [:]][place] = snippet
            }
        }
        let named = found.filter { $0.texts.contains { $0 != nil } }
        guard !named.isEmpty else { return snippets }
        let texts = try await catalog.texts(of: named.map(\.id))
        for image in named {
            for (place, id) in image.texts.enumerated() {
                guard let id, let text = texts[image.id]?.first(where: { $0.id == id }),
                    let target = text.target
                else { continue }
                snippets[image.id, default: [:]][place] = TextSnippet(
                    textID: id,
                    target: target,
                    text: Self.beginning(of: text.text),
                    marks: []
                )
            }
        }
        return snippets
    }

    /// The beginning of a text, on one line.
    private static func beginning(of text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 72 ? line.prefix(72) + "…" : line
    }
}
