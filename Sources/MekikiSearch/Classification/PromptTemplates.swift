import MekikiCore

/// How names become the prompts that a model compares with pictures.
///
/// Models are trained on captions, not on single words: a name in several phrases, whose vectors are
/// averaged, says better what is meant than the bare name (Radford et al., "Learning Transferable
/// Visual Models From Natural Language Supervision", 2021, section 3.1.4).
public enum PromptTemplates: Sendable, Hashable {
    /// Japanese phrases for names in kana or kanji, English ones for all others.
    case automatic
    /// Japanese phrases.
    case japanese
    /// English phrases.
    case english
    /// The names as they are.
    case bare
    /// Phrases with `{}` where the name goes.
    case own([String])

    /// Reads what a user chose.
    ///
    /// - Parameter choices: `auto`, `ja`, `en` or `none`, alone; or phrases with `{}`. None for
    ///   `automatic`.
    /// - Throws: `MekikiError` with code `usage` for anything else.
    public init(_ choices: [String]) throws {
        let words: [String: PromptTemplates] = [
            "auto": .automatic, "ja": .japanese, "en": .english, "none": .bare,
        ]
        if choices.count <= 1, let choice = words[choices.first ?? "auto"] {
            self = choice
            return
        }
        for choice in choices where !choice.contains("{}") {
            throw MekikiError(
                .usage,
                "“\(choice)” is no template. Write a phrase with {} where the label goes, or one of "
                    + "auto, ja, en, none, alone.",
                subject: "--template"
            )
        }
        self = .own(choices)
    }

    /// All prompts of a label, each once.
    ///
    /// - Parameter label: The label.
    /// - Returns: The prompts, at least one.
    public func prompts(for label: Label) -> [String] {
        var seen: Set<String> = []
        return (label.nouns.flatMap(prompts) + label.prompts).filter { seen.insert($0).inserted }
    }

    private func prompts(_ noun: String) -> [String] {
        switch self {
        case .automatic:
            let isJapanese = WrittenLanguage(of: noun) == .japanese
            return (isJapanese ? Self.japanese : Self.english).prompts(noun)
        case .japanese: return Self.japanesePhrases.map { $0.replacing("{}", with: noun) }
        case .english: return Self.englishPhrases.map { Self.english($0, noun) }
        case .bare: return [noun]
        case .own(let phrases): return phrases.map { $0.replacing("{}", with: noun) }
        }
    }

    private static let japanesePhrases = [
        "{}", "{}の写真", "{}の画像", "{}の絵", "{}が写っている写真", "{}を描いたイラスト",
    ]

    private static let englishPhrases = [
        "{}", "a photo of {}", "a photo of a {}", "a picture of a {}", "a drawing of a {}",
        "an image that shows a {}",
    ]

    /// A phrase with a name in it, with the article that the name takes.
    private static func english(_ phrase: String, _ noun: String) -> String {
        guard phrase.hasSuffix(" a {}") else { return phrase.replacing("{}", with: noun) }
        let start = phrase.dropLast("a {}".count)
        let first = noun.split(separator: " ").first?.lowercased() ?? ""
        // "a photo of the Eiffel Tower"
        if ["a", "an", "the"].contains(first) { return start + noun }
        let isVowel = first.first.map { "aeiou".contains($0) } ?? false
        return start + (isVowel ? "an " : "a ") + noun
    }
}
