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

    /// The words of a kind as one text; the lines between them are no words.
    ///
    /// - Parameter target: The kind.
    /// - Returns: The text, empty where there is none.
    func column(_ target: TextTarget) -> String {
        (byTarget[target] ?? []).map(\.text).joined(separator: "\n")
    }

    /// The tokens of each kind of words.
    var tokens: [TextTarget: [TextToken]] {
        byTarget.mapValues { texts in
            TextTokenizer.tokens(of: texts.map(\.text).joined(separator: "\n"))
        }
    }
}
