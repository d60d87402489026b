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
            for (place, named) in image.texts.enumerated() {
                guard let named,
                    let text = texts[image.id]?.first(where: { $0.id == named.textID }),
                    let target = text.target
                else { continue }
                snippets[image.id, default: [:]][place] = TextSnippet(
                    textID: named.textID,
                    target: target,
                    text: Self.beginning(of: passage(named.passage, of: text.text)),
                    marks: []
                )
            }
        }
        return snippets
    }

    /// The passage of a text that a vector stands for, as it was divided for the model.
    private func passage(_ number: Int, of text: String) -> String {
        guard number > 0, let wordsEncoder else { return text }
        let passages = Passages(text, tokens: wordsEncoder.maximumLength).texts
        return passages.indices.contains(number) ? passages[number] : text
    }

    /// The beginning of a text, on one line.
    private static func beginning(of text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 72 ? line.prefix(72) + "…" : line
    }
}
