/// What English words leave out: without people, no text, except cats, but not dogs.
enum EnglishExclusion {
    private static let openings: [[String]] = [
        ["everything", "except"], ["anything", "except"], ["everything", "but"],
        ["anything", "but"], ["all", "except"], ["except", "for"], ["with", "no"],
        ["not", "including"], ["other", "than"], ["apart", "from"], ["aside", "from"],
        ["but", "not"], ["but", "no"], ["and", "no"], ["without"], ["excluding"], ["except"],
        ["no"],
    ]
    private static let articles: Set<String> = ["a", "an", "the", "any", "some"]
    private static let ends: Set<String> = [
        "in", "on", "at", "with", "without", "by", "of", "from", "near", "under", "over", "behind",
        "beside", "between", "but", "no", "not", "that", "which", "who", "is", "are", "was", "were",
        "wearing", "for", "to", "into", "through", "last", "this", "yesterday", "today", "taken",
        "since", "before", "after", "during", "except", "excluding", "when", "while", "as", "than",
        "if", "because", "where",
    ]
    /// What the openings make when they exclude nothing: no doubt, without end.
    private static let idioms: Set<String> = [
        "doubt", "question", "fail", "ado", "further", "delay", "exception", "borders", "cause",
        "end", "hesitation", "warning", "reason", "notice", "permission", "words", "way", "matter",
        "one", "body", "idea", "man's", "problem", "problems", "limit", "limits", "longer", "more",
        "less", "better", "other", "such", "need", "time", "place", "u-turn", "country", "thanks",
        "least", "thing", "good",
    ]
    private static let gerunds: Set<String> = [
        "smoking", "parking", "swimming", "trespassing", "fishing", "diving", "running", "entering",
        "loitering", "littering", "dumping", "stopping", "standing", "hunting", "camping",
    ]
    private static let signs: Set<String> = [
        "sign", "signs", "signage", "symbol", "symbols", "sticker", "zone", "poster",
    ]

    /// The things that are excluded by what begins with a word, and how many words that takes;
    /// words are in lower case, without the comma that `commas` tells of.
    static func match(
        _ words: [String],
        _ commas: [Bool],
        at start: Int
    ) -> (things: [Range<Int>], count: Int)? {
        guard
            let opening = openings.first(where: {
                start + $0.count <= words.count && words[start..<start + $0.count].elementsEqual($0)
            })
        else { return nil }
        if start > 0, ["say", "says", "said", "yes", "dr", "is"].contains(words[start - 1]) {
            return nil
        }
        var index = start + opening.count
        guard !(start..<index - 1).contains(where: { commas[$0] }), !commas[index - 1] else {
            return nil
        }
        var things: [Range<Int>] = []
        while index < words.count {
            if articles.contains(words[index]) { index += 1 }
            let first = index
            while index < words.count, index - first < 4, !ends.contains(words[index]),
                words[index] != "and", words[index] != "or", !articles.contains(words[index])
            {
                index += 1
                if commas[index - 1] { break }
            }
            guard first < index else {
                index = first
                break
            }
            // Four and more words are a thing and what follows it.
            let isLong = index - first > 3
            let thing = first..<(isLong ? first + 1 : index)
            things.append(thing)
            index = thing.upperBound
            guard !isLong, !commas[index - 1], index + 1 < words.count,
                words[index] == "and" || words[index] == "or",
                !articles.contains(words[index + 1]), !ends.contains(words[index + 1]),
                words[index + 1] != "or", words[index + 1] != "and"
            else { break }
            index += 1
        }
        guard let thing = things.first, let last = things.last else { return nil }
        let noun = words[thing]
        guard let head = noun.first, !idioms.contains(head), head.first?.isNumber == false,
            !(thing.count > 1 && signs.contains(words[thing.upperBound - 1])),
            !(opening.last == "no" && gerunds.contains(head)),
            !(thing.count == 1 && words.count == 2 && opening == ["no"] && head == "entry")
        else { return nil }
        return (things, last.upperBound - start)
    }
}
