import MekikiCore

/// The terms of natural words: what full text looks for.
///
/// A sentence's particles, endings and articles are left out, and Japanese is cut where they stand and
/// where the script changes. A cut never loses a match, because a text with the whole has its parts.
struct TextTerms {
    private(set) var terms: [String] = []
    /// Whether words were left out, so that this is no list of keywords.
    private(set) var isSentence = false

    private static let stopWords: Set<String> = [
        "a", "an", "the", "of", "in", "on", "at", "with", "and", "to", "for", "by", "is", "are",
        "was", "were", "be", "from", "that", "this", "these", "which", "who", "whose", "it", "its",
        "there", "some", "my", "i", "me", "show", "where",
    ]
    private static let englishHeads: Set<String> = [
        "photo", "photos", "picture", "pictures", "image", "images", "photograph", "photographs",
    ]
    private static let heads: Set<String> = [
        "写真", "画像", "絵", "イラスト", "様子", "姿", "風景写真",
    ]
    private static let particles = [
        "について", "という", "として", "のような", "みたいな", "から", "まで", "より", "など", "だけ", "とか", "での", "への",
        "との", "には", "では", "とは", "にも", "でも", "の", "を", "が", "は", "に", "で", "と", "や", "も", "へ", "か",
        "な",
    ].map(Array.init)
    private static let endings = [
        "されている", "している", "っている", "んでいる", "いている", "いでいる", "べている", "ている", "でいる", "ていた", "でいた",
        "された", "される", "した", "する", "して", "った", "んだ", "いた", "って", "んで", "いて", "がいる", "がある", "いる",
        "ある",
        "ない", "です", "ます", "たち", "ください", "たい", "れた", "れる", "しい", "きい", "さい", "るい", "かい", "きな", "さな",
    ].map(Array.init)
    private static let lastLetters = Set("うくすつぬむるぐぶただてでな")
    /// What nouns made of verbs end with: 祭り, 焼き.
    private static let stemLetters = Set("りきちげみれけせめびしぎじい")
    /// Stems of adjectives, so that 赤い車 is two terms and 占い師 is one.
    private static let stems = Set("赤青白黒丸高低長短古若深浅広狭重軽太細強弱暑寒熱甘辛良悪遠近早速遅厚薄")

    init(_ text: String) {
        let words = text.split(whereSeparator: \.separatesWords)
        for word in words {
            if word.contains(where: { [.hiragana, .katakana, .kanji].contains($0.script) }) {
                addJapanese(Array(word))
            } else {
                add(foreign: word)
            }
        }
        if terms.isEmpty { terms = words.map(String.init).filter(Self.isFindable) }
        var seen: Set<String> = []
        terms = terms.filter { seen.insert($0.lowercased()).inserted }
    }

    private static func isFindable(_ text: String) -> Bool {
        text.contains { $0.script != .punctuation }
    }

    private mutating func add(foreign word: Substring) {
        var word = word
        while let last = word.last, last.script == .punctuation { word.removeLast() }
        while let first = word.first, first.script == .punctuation { word.removeFirst() }
        guard !word.isEmpty else { return }
        let lower = word.lowercased()
        if Self.stopWords.contains(lower) {
            // "photo of" and the like.
            if lower == "of", let last = terms.last, Self.englishHeads.contains(last.lowercased()) {
                terms.removeLast()
            }
            isSentence = true
            return
        }
        terms.append(String(word))
    }

    private mutating func addJapanese(_ word: [Character]) {
        var segments: [(script: QueryScript, text: [Character])] = []
        for character in word {
            var script = character.script
            if script == .long { script = segments.last?.script ?? .katakana }
            // 3匹 and 2024年 stay together; an unknown sign is a term of its own.
            let last = segments.last?.script
            if let last,
                last == script
                    || last == .digit && script == .kanji
                        && segments.last?.text.last?.script == .digit
                    || last == .letter && script == .digit || last == .digit && script == .letter
            {
                segments[segments.count - 1].text.append(character)
            } else {
                segments.append((script, [character]))
            }
        }
        let before = terms.count
        var current: [Character] = []
        var endsInHiragana = false
        func flush(_ terms: inout [String]) {
            if !current.isEmpty { terms.append(String(current)) }
            current = []
        }
        for (index, (script, text)) in segments.enumerated() {
            switch script {
            case .punctuation: flush(&terms)
            case .hiragana:
                let previous =
                    index > 0 && segments[index - 1].script == .kanji ? current.last : nil
                let isBeforeNoun =
                    index + 1 < segments.count
                    && segments[index + 1].script != .punctuation
                if previous != nil, text.count > 1, let last = text.last,
                    Self.stemLetters.contains(text[0]), "のをがはにでとやも".contains(last),
                    Self.staysJoined(Array(text.dropLast()), previous)
                {
                    current += text.dropLast()
                    flush(&terms)
                    isSentence = true
                    continue
                }
                if previous != nil, Self.staysJoined(text, previous) {
                    current += text
                    endsInHiragana = true
                    continue
                }
                flush(&terms)
                let isOkurigana = previous != nil
                let parts = Self.hiraganaWords(text, isOkurigana, isBeforeNoun)
                if parts.reduce(0, { $0 + $1.count }) < text.count { isSentence = true }
                terms += parts.map { String($0) }
            default:
                if !endsInHiragana { flush(&terms) }
                current += text
            }
            endsInHiragana = false
        }
        flush(&terms)
        // 〜の写真 says what is searched, not for what.
        if terms.count - before > 1, let last = terms.last, Self.heads.contains(last) {
            terms.removeLast()
        }
    }

    /// Whether the hiragana belongs to the kanji before it: 食べ物, 焼き鳥, 祭り.
    private static func staysJoined(_ text: [Character], _ previous: Character?) -> Bool {
        guard text.count <= 3, let last = text.last, let previous else { return false }
        if particles.contains(text) || endings.contains(text) { return false }
        if particles.contains(Array(text.prefix(1))) && text.count > 1 { return false }
        if text == ["い"] { return !stems.contains(previous) }
        return !lastLetters.contains(last)
    }

    /// What is left of hiragana without particles and endings.
    private static func hiraganaWords(
        _ text: [Character],
        _ isOkurigana: Bool,
        _ isBeforeNoun: Bool
    ) -> [[Character]] {
        var rest = text[...]
        var isBare = false
        if isOkurigana {
            if particles.contains(text) || endings.contains(text) || text.count <= 2 { return [] }
            for skipped in 0...min(2, rest.count) {
                guard
                    let ending = endings.first(where: { rest.dropFirst(skipped).starts(with: $0) })
                else { continue }
                rest = rest.dropFirst(skipped + ending.count)
                isBare = true
                break
            }
            if !isBare, let particle = particles.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(particle.count)
            }
        } else if let particle = particles.first(where: { $0.elementsEqual(rest) }) {
            rest = rest.dropFirst(particle.count)
        }
        if let ending = endings.first(where: { rest.suffix($0.count).elementsEqual($0) }),
            rest.count == ending.count || ending.count > 2
        {
            rest = rest.dropLast(ending.count)
        }
        if isBeforeNoun,
            let particle = particles.first(where: {
                rest.suffix($0.count).elementsEqual($0) && rest.count > $0.count + 1
            })
        {
            rest = rest.dropLast(particle.count)
        }
        // りんごとみかん: only where both sides are words of two letters or more.
        var words: [[Character]] = []
        var word: [Character] = []
        for (index, letter) in rest.enumerated() {
            let left = rest.count - index - 1
            if "のをがとやに".contains(letter), word.count >= 2, left >= 2 {
                words.append(word)
                word = []
            } else {
                word.append(letter)
            }
        }
        if word.count >= 2 { words.append(word) }
        return words
    }

    /// Choices of terms, one of which a text must have: all of them where there are two or
    /// keywords up to five; of more, and of sentences, some may be missing.
    var alternatives: [[TextQuery.Term]] {
        let all = terms.map { TextQuery.Term($0) }
        let count = all.count
        guard count > 2, isSentence || count > 5 else { return all.isEmpty ? [] : [all] }
        if count > 11 {
            // Four in a row, of the first 128: a pasted prompt.
            return stride(from: 0, to: min(count, 128), by: 4).map {
                Array(all[$0..<min($0 + 4, count)])
            }
        }
        var choices: [[TextQuery.Term]] = []
        for first in 0..<count {
            guard count > 5 else {
                choices.append(all.enumerated().filter { $0.offset != first }.map(\.element))
                continue
            }
            for second in first + 1..<count {
                choices.append(
                    all.enumerated().filter { $0.offset != first && $0.offset != second }
                        .map(\.element)
                )
            }
        }
        return choices
    }
}
