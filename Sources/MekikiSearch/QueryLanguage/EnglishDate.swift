/// Dates in English words: last summer, yesterday, June 2023, 3 years ago, in 2021.
struct EnglishDate {
    /// The day on which the query is asked.
    let today: LocalTime

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]
    private static let shortMonths = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sept",
    ]
    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    private static let seasons: [String: DatePeriod.Season] = [
        "spring": .spring, "summer": .summer, "autumn": .autumn, "fall": .autumn,
        "winter": .winter,
    ]
    private static let numbers = [
        "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10,
    ]
    private static let places: Set<String> = ["in", "from", "on", "during", "of"]
    private static let verbs: Set<String> = [
        "taken", "shot", "made", "photographed", "captured", "created",
    ]

    /// What was found: the period, how many words it takes, and whether a preposition says that it
    /// is a date.
    struct Found {
        var period: DatePeriod
        var count: Int
        var isCertain: Bool
    }

    /// The date that begins with a word, with its preposition; words are in lower case.
    func period(in words: [String], at start: Int) -> Found? {
        var index = start
        if index < words.count, Self.verbs.contains(words[index]) { index += 1 }
        guard index < words.count else { return nil }
        if words[index] == "between" || words[index] == "from",
            let found = range(words, index, start)
        {
            return found
        }
        let changes: [String: (DatePeriod) -> DatePeriod] = [
            "since": { $0.onwards }, "after": { $0.later }, "before": { $0.earlier },
            "until": { $0.upToEnd },
        ]
        if let change = changes[words[index]] {
            guard let (period, end) = plain(words, index + 1, allowsYear: true) else { return nil }
            return Found(period: change(period), count: end - start, isCertain: true)
        }
        if Self.places.contains(words[index]) {
            let next = index + 1
            let place = next < words.count && words[next] == "the" ? next + 1 : next
            guard let (period, end) = plain(words, place, allowsYear: words[index] != "of") else {
                return nil
            }
            return Found(period: period, count: end - start, isCertain: words[index] != "of")
        }
        guard let (period, end) = plain(words, index, allowsYear: index > start) else { return nil }
        return Found(period: period, count: end - start, isCertain: index > start)
    }

    /// The period that a whole text names.
    func period(_ text: String) -> DatePeriod? {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.isEmpty, let found = period(in: words, at: 0), found.count == words.count
        else { return nil }
        return found.period
    }

    private func range(_ words: [String], _ index: Int, _ start: Int) -> Found? {
        let joint = words[index] == "between" ? "and" : "to"
        guard let (first, place) = plain(words, index + 1, allowsYear: true),
            place < words.count, words[place] == joint || words[place] == "until",
            let (last, end) = plain(words, place + 1, allowsYear: true),
            let from = first.from, let before = last.before, from < before
        else { return nil }
        return Found(
            period: DatePeriod(from: from, before: before),
            count: end - start,
            isCertain: true
        )
    }

    private func plain(
        _ words: [String],
        _ index: Int,
        allowsYear: Bool
    ) -> (DatePeriod, Int)? {
        guard index < words.count else { return nil }
        let word = words[index]
        let second = index + 1 < words.count ? words[index + 1] : ""
        switch word {
        case "yesterday": return (.day(today.adding(days: -1)), index + 1)
        case "today": return (.day(today), index + 1)
        case "last", "past", "this":
            guard index + 2 >= words.count || words[index + 2] != "of" else { return nil }
            return relative(second, isThis: word == "this").map { ($0, index + 2) }
        default: break
        }
        if let number = Int(word) ?? Self.numbers[word], (1...999).contains(number),
            index + 2 < words.count, words[index + 2] == "ago", let period = ago(number, second)
        {
            return (period, index + 3)
        }
        if let season = Self.seasons[word] {
            let place = second == "of" ? index + 2 : index + 1
            if place < words.count, let year = Self.year(words[place]) {
                return (.season(season, year), place + 1)
            }
            if second == "last", index + 2 < words.count, words[index + 2] == "year" {
                return (.season(season, today.date.year - 1), index + 3)
            }
        }
        if let found = monthFirst(words, index) { return found }
        if allowsYear, let year = Self.year(word) { return (.year(year), index + 1) }
        return nil
    }

    /// June 2023, June 5 2023, 5 June 2023.
    private func monthFirst(_ words: [String], _ index: Int) -> (DatePeriod, Int)? {
        func word(_ place: Int) -> String { place < words.count ? words[place] : "" }
        if let month = Self.month(word(index)) {
            let second = word(index + 1).filter { $0 != "," }
            if let year = Self.year(second) { return (.month(year, month), index + 2) }
            if let day = Self.day(second), let year = Self.year(word(index + 2)),
                let period = DateText.calendarPeriod([year, month, day])
            {
                return (period, index + 3)
            }
            return nil
        }
        if let day = Self.day(word(index)), let month = Self.month(word(index + 1)),
            let year = Self.year(word(index + 2)),
            let period = DateText.calendarPeriod([year, month, day])
        {
            return (period, index + 3)
        }
        return nil
    }

    /// What "last" or "this" makes of a word: of seasons, months and days the last one that is over.
    private func relative(_ word: String, isThis: Bool) -> DatePeriod? {
        let (year, month, _) = today.date
        let back = isThis ? 0 : 1
        switch word {
        case "year": return .year(year - back)
        case "month": return .month(year, month - back)
        case "week": return .week(of: today.adding(days: -7 * back))
        case "weekend": return .weekend(of: today.adding(days: -7 * back))
        default: break
        }
        if let season = Self.seasons[word] {
            guard !isThis else { return .season(season, year) }
            for candidate in [year, year - 1] {
                let period = DatePeriod.season(season, candidate)
                if let end = period.before, end <= today { return period }
            }
            return .season(season, year - 2)
        }
        if let named = Self.months.firstIndex(of: word) {
            return .month(isThis || named + 1 < month ? year : year - 1, named + 1)
        }
        if !isThis, let weekday = Self.weekdays.firstIndex(of: word) {
            let distance = (today.weekday - weekday + 6) % 7 + 1
            return .day(today.adding(days: -distance))
        }
        return nil
    }

    private func ago(_ number: Int, _ unit: String) -> DatePeriod? {
        let (year, month, _) = today.date
        switch unit {
        case "year", "years": return number < year ? .year(year - number) : nil
        case "month", "months": return .month(year, month - number)
        case "week", "weeks": return .week(of: today.adding(days: -7 * number))
        case "day", "days": return .day(today.adding(days: -number))
        default: return nil
        }
    }

    private static func month(_ word: String) -> Int? {
        if let index = months.firstIndex(of: word) { return index + 1 }
        let short = word.last == "." ? String(word.dropLast()) : word
        return shortMonths.firstIndex(of: short).map { $0 == 12 ? 9 : $0 + 1 }
    }

    private static func day(_ word: String) -> Int? {
        var digits = Substring(word)
        for ending in ["st", "nd", "rd", "th"] where digits.hasSuffix(ending) {
            digits = digits.dropLast(2)
        }
        guard digits.count <= 2, let day = Int(digits), (1...31).contains(day) else { return nil }
        return day
    }

    /// Years from 1800 to 2199: other numbers of four digits are sizes and seeds.
    private static func year(_ word: String) -> Int? {
        guard word.count == 4, let year = Int(word), (1800..<2200).contains(year) else {
            return nil
        }
        return year
    }
}
