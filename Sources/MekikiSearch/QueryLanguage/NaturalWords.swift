/// Finds what natural words leave out, and when; the other words stay.
struct NaturalWords {
    let text: QueryText
    let today: LocalTime

    private struct Word {
        var range: Range<Int>
        var lower: String
        var hasComma: Bool
    }

    private static let verbs = [
        "に撮影された", "に撮影した", "に撮られた", "に撮った", "撮影の", "に",
    ].map(Array.init)
    private static let strippedParticles = Set("でにがはのとやを")

    /// The elements of a run of words.
    func elements(in run: Range<Int>) -> [QueryElement] {
        var result: [QueryElement] = []
        var free = run.lowerBound
        var index = run.lowerBound
        let words = words(in: run)
        let lower = words.map(\.lower)
        let commas = words.map(\.hasComma)
        var word = 0
        while index < run.upperBound {
            while word < words.count, words[word].range.lowerBound < index { word += 1 }
            if let found = JapaneseExclusion.match(
                text.folded,
                at: index,
                from: free,
                before: run.upperBound
            ) {
                let start = found.range.lowerBound
                result += dates(in: withoutParticle(free..<start))
                let names = found.name.map { [$0] } ?? found.things.map { text.text($0) }
                result += names.map { excluded($0, found.range) }
                index = found.range.upperBound
                free = index
            } else if word < words.count, words[word].range.lowerBound == index,
                let found = EnglishExclusion.match(lower, commas, at: word)
            {
                let last = words[word + found.count - 1]
                result += dates(in: free..<index)
                let range = index..<last.range.upperBound
                for thing in found.things {
                    let first = words[thing.lowerBound].range.lowerBound
                    let end = words[thing.upperBound - 1].range.upperBound
                    result.append(excluded(withoutPunctuation(first..<end), range))
                }
                index = range.upperBound
                free = index
            } else {
                index += 1
            }
        }
        return result + dates(in: free..<run.upperBound)
    }

    private func excluded(_ name: String, _ range: Range<Int>) -> QueryElement {
        let tokens = QueryLexer.tokens(of: QueryText("-" + name))
        var isBare = false
        if tokens.count == 1, case .excluded(let word, .word) = tokens[0].kind {
            isBare = word == name
        }
        return QueryElement(
            content: .excluded(name, isBare ? .word : .phrase, isNatural: true),
            range: range
        )
    }

    private func withoutPunctuation(_ range: Range<Int>) -> String {
        var range = range
        while let last = range.last, range.count > 1, text.folded[last].script == .punctuation {
            range = range.lowerBound..<last
        }
        return text.text(range)
    }

    /// 公園で of 公園で犬以外 is 公園.
    private func withoutParticle(_ range: Range<Int>) -> Range<Int> {
        guard range.count > 1, let last = range.last,
            Self.strippedParticles.contains(text.folded[last]),
            text.folded[last - 1].script != .hiragana, !text.isSpace(last - 1)
        else { return range }
        return range.lowerBound..<last
    }

    private func words(in range: Range<Int>) -> [Word] {
        var words: [Word] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard !text.isSpace(index) else {
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, !text.isSpace(index) { index += 1 }
            var lower = text.foldedText(start..<index).lowercased()
            var hasComma = false
            while let last = lower.last, ",.;!?".contains(last), lower.count > 1 {
                lower.removeLast()
                hasComma = true
            }
            words.append(Word(range: start..<index, lower: lower, hasComma: hasComma))
        }
        return words
    }

    /// Japanese dates at the beginnings of words.
    private func dates(in piece: Range<Int>) -> [QueryElement] {
        var result: [QueryElement] = []
        var free = piece.lowerBound
        var index = piece.lowerBound
        let japanese = JapaneseDate(today: today)
        while index < piece.upperBound {
            let isStart = index == free || text.isSpace(index - 1) || text.folded[index - 1] == "、"
            guard isStart, !text.isSpace(index),
                let (period, end) = japanese.period(
                    in: text.folded,
                    at: index,
                    before: piece.upperBound
                ),
                let next = afterDate(end, piece.upperBound)
            else {
                index += 1
                continue
            }
            result += englishDates(in: free..<index)
            result.append(taken(period, index..<next))
            index = next
            free = next
        }
        return result + englishDates(in: free..<piece.upperBound)
    }

    /// Where the date's particle ends; `nil` where the word goes on: 2024年カレンダー.
    private func afterDate(_ end: Int, _ limit: Int) -> Int? {
        guard end < limit, !text.isSpace(end) else { return end }
        if text.folded[end] == "の" || "、。,".contains(text.folded[end]) { return end + 1 }
        for verb in Self.verbs where text.has(verb, at: end, before: limit) {
            return end + verb.count
        }
        return nil
    }

    /// English dates at the ends, or anywhere with their preposition.
    private func englishDates(in piece: Range<Int>) -> [QueryElement] {
        let words = words(in: piece)
        guard !words.isEmpty else { return [] }
        let lower = words.map(\.lower)
        let english = EnglishDate(today: today)
        var leading: [QueryElement] = []
        var middle = words.indices
        func date(_ first: Int, _ count: Int, _ period: DatePeriod) -> QueryElement {
            taken(period, words[first].range.lowerBound..<words[first + count - 1].range.upperBound)
        }
        func found(_ place: Int, _ limit: Int) -> EnglishDate.Found? {
            english.period(in: Array(lower[place..<min(limit, place + 9)]), at: 0)
        }
        while let first = middle.first, let found = found(first, middle.upperBound) {
            leading.append(date(first, found.count, found.period))
            middle = first + found.count..<middle.upperBound
        }
        // Dates with a preposition cut the rest; each part then loses the dates at its end.
        var result = leading
        var free = middle.lowerBound
        var index = free
        func close(_ end: Int) {
            var end = end
            var trailing: [QueryElement] = []
            search: while free < end {
                for start in max(free, end - 8)..<end {
                    guard let found = found(start, end), start + found.count == end else {
                        continue
                    }
                    trailing.insert(date(start, found.count, found.period), at: 0)
                    end = start
                    continue search
                }
                break
            }
            if free < end {
                let range = words[free].range.lowerBound..<words[end - 1].range.upperBound
                result.append(
                    QueryElement(content: .words(text.text(range), isLiteral: false), range: range)
                )
            }
            result += trailing
        }
        while index < middle.upperBound {
            guard let date = found(index, middle.upperBound), date.isCertain else {
                index += 1
                continue
            }
            close(index)
            result.append(
                taken(
                    date.period,
                    words[index].range.lowerBound..<words[index + date.count - 1].range.upperBound
                )
            )
            index += date.count
            free = index
            while free < middle.upperBound, let next = found(free, middle.upperBound) {
                result.append(
                    taken(
                        next.period,
                        words[free].range.lowerBound..<words[free + next.count - 1].range.upperBound
                    )
                )
                free += next.count
                index = free
            }
        }
        close(middle.upperBound)
        return result
    }

    private func taken(_ period: DatePeriod, _ range: Range<Int>) -> QueryElement {
        QueryElement(
            content: .condition(
                QueryElement.Condition(field: .taken, statement: .period(period), isNatural: true)
            ),
            range: range
        )
    }
}
