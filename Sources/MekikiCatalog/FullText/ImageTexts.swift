import MekikiCore

/// The words of one image, by kind, as they are indexed.
struct ImageTexts {
    /// A text with where it comes from; `nil` for the names of a file and its folders.
    private(set) var byTarget: [TextTarget: [(id: ImageTextID?, text: String)]] = [:]

    /// Gathers words.
    ///
    /// - Parameters:
    ///   - texts: The image's texts.
    ///   - files: Its present files.
    init(_ texts: [ImageText], _ files: [FileLocation]) {
        for text in texts {
            guard let target = text.target else { continue }
            byTarget[target, default: []].append((text.id, text.text))
        }
        for file in files {
            // The folder that was indexed has a name, too; those around it are the same for all.
            let root = file.root.split(separator: "/").last.map(String.init) ?? ""
            byTarget[.name, default: []].append((nil, "\(root)/\(file.path)"))
        }
    }

    /// The words of a kind as one text, as the index divides it.
    ///
    /// - Parameter target: The kind.
    /// - Returns: The text, empty where there is none.
    func column(_ target: TextTarget) -> String {
        let text = joined(byTarget[target] ?? [])
        let words = WordSegmenter.shared?.orderingWords(of: text) ?? []
        guard !words.isEmpty else { return text }
        return "\(text)\(FullTextTokenizer.wordsStart)\(words.joined(separator: " "))"
    }

    /// Texts with divisions between them; what would be a sign of the index within one is a space.
    private func joined(_ texts: [(id: ImageTextID?, text: String)]) -> String {
        texts.map { text in
            // A text would also end at its first NUL.
            String(text.text.unicodeScalars.map { $0.value < 4 ? " " : Character($0) })
        }.joined(separator: TextTokenizer.division)
    }

    /// The tokens of each kind of words.
    var tokens: [TextTarget: [TextToken]] {
        byTarget.mapValues { TextTokenizer.tokens(of: joined($0)) }
    }
}
