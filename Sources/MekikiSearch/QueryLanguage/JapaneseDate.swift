/// Dates in Japanese words: 昨年の夏, 2023年8月, 令和6年6月, 先週末, 3日前.
struct JapaneseDate {
    /// The day on which the query is asked.
    let today: LocalTime

    private typealias Found = (period: DatePeriod, end: Int)

    private static let suffixes = ["以降", "以後", "から", "以前", "まで", "より前", "より後"]

    private static func changed(_ period: DatePeriod, by suffix: String) -> DatePeriod {
        switch suffix {
        case "以前", "まで": period.upToEnd
        case "より前": period.earlier
        case "より後": period.later
        default: period.onwards
        }
    }

    private static let seasons: [Character: DatePeriod.Season] = [
        "春": .spring, "夏": .summer, "秋": .autumn, "冬": .winter,
    ]
    private static let eras: [([Character], Int)] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)]
        .map { (Array($0.0), $0.1) }
    private static let weekdays = Array("月火水木金土日")
    private static let ideographs = Array("〇一二三四五六七八九")

    /// The date that begins at a place and where it ends, with 以降 and the like; `nil` for none.
    func period(in text: [Character], at start: Int, before limit: Int) -> (DatePeriod, Int)? {
        guard let (first, end) = plain(text, start, limit) else { return nil }
        for joint in ["から", "~"].map(Array.init) where has(text, joint, end, limit) {
            guard let last = plain(text, end + joint.count, limit),
                let from = first.from, let before = last.period.before, from < before
            else { continue }
            let until = Array("まで")
            let isNamed = has(text, until, last.end, limit)
            return (
                DatePeriod(from: from, before: before),
                last.end + (isNamed ? until.count : 0)
            )
        }
        for suffix in Self.suffixes {
            if let end = self.end(text, suffix, end, limit) {
                return (Self.changed(first, by: suffix), end)
            }
        }
        return (first, end)
    }

    /// The period that a whole text names.
    func period(_ text: String) -> DatePeriod? {
        let characters = Array(text)
        guard let (period, end) = period(in: characters, at: 0, before: characters.count),
            end == characters.count
        else { return nil }
        return period
    }

    private func plain(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        yearFirst(text, start, limit) ?? monthWord(text, start, limit)
            ?? weekWord(text, start, limit) ?? dayWord(text, start, limit)
            ?? ago(text, start, limit)
    }

    /// 昨年, 2023年 or 令和6年, with a season, a month or a day.
    private func yearFirst(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        guard let (year, end) = year(text, start, limit), (1...9999).contains(year) else {
            return nil
        }
        var next = end
        if next < limit, text[next] == "の" { next += 1 }
        if next < limit, let season = Self.seasons[text[next]],
            !(next + 1 < limit && text[next + 1].script == .kanji)
        {
            return (.season(season, year), next + 1)
        }
        if let (month, monthEnd) = number(text, next, limit, digits: 2), (1...12).contains(month),
            monthEnd < limit, text[monthEnd] == "月"
        {
            if let (day, dayEnd) = number(text, monthEnd + 1, limit, digits: 2), dayEnd < limit,
                text[dayEnd] == "日", let period = DateText.calendarPeriod([year, month, day])
            {
                return (period, dayEnd + 1)
            }
            return (.month(year, month), monthEnd + 1)
        }
        return (.year(year), end)
    }

    private func year(_ text: [Character], _ start: Int, _ limit: Int) -> (Int, Int)? {
        let now = today.date.year
        for (word, back) in [
            ("一昨年", 2), ("おととし", 2), ("昨年", 1), ("去年", 1), ("今年", 0), ("ことし", 0),
            ("本年", 0),
        ] {
            if let end = end(text, word, start, limit) { return (now - back, end) }
        }
        for (era, base) in Self.eras where has(text, era, start, limit) {
            let place = start + era.count
            if let end = end(text, "元年", place, limit) { return (base + 1, end) }
            guard let (number, end) = number(text, place, limit, digits: 2), number > 0,
                end < limit, text[end] == "年"
            else { return nil }
            return (base + number, end + 1)
        }
        if let (number, end) = number(text, start, limit, digits: 4), end < limit,
            text[end] == "年"
        {
            if let end = self.end(text, "年前", end, limit) {
                return number < now ? (now - number, end) : nil
            }
            // Four digits: 1年生 and 10年もの are no years.
            return end - start == 4 ? (number, end + 1) : nil
        }
        return nil
    }

    private func monthWord(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        let (year, month, _) = today.date
        for (word, back) in [("先々月", 2), ("先月", 1), ("今月", 0)] {
            if let end = end(text, word, start, limit) { return (.month(year, month - back), end) }
        }
        return nil
    }

    private func weekWord(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        for (word, back) in [("先々週", 2), ("先週", 1), ("今週", 0)] {
            guard let end = end(text, word, start, limit) else { continue }
            let day = today.adding(days: -7 * back)
            if let end = self.end(text, "末", end, limit) ?? self.end(text, "の週末", end, limit) {
                return (.weekend(of: day), end)
            }
            if let place = self.end(text, "の", end, limit), place < limit,
                let weekday = Self.weekdays.firstIndex(of: text[place]),
                let end = self.end(text, "曜", place + 1, limit)
            {
                let found = DatePeriod.day(day.adding(days: weekday - day.weekday))
                return (found, self.end(text, "日", end, limit) ?? end)
            }
            return (.week(of: day), end)
        }
        return nil
    }

    private func dayWord(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        for (word, back) in [
            ("一昨日", 2), ("おととい", 2), ("昨日", 1), ("きのう", 1), ("今日", 0), ("きょう", 0),
            ("本日", 0), ("今朝", 0),
        ] {
            if let end = end(text, word, start, limit) {
                return (.day(today.adding(days: -back)), end)
            }
        }
        return nil
    }

    /// 3か月前, 2週間前, 5日前.
    private func ago(_ text: [Character], _ start: Int, _ limit: Int) -> Found? {
        guard let (number, place) = number(text, start, limit, digits: 3), number > 0 else {
            return nil
        }
        if let end = end(text, "日前", place, limit) {
            return (.day(today.adding(days: -number)), end)
        }
        if let end = end(text, "週間前", place, limit) {
            return (.week(of: today.adding(days: -7 * number)), end)
        }
        let (year, month, _) = today.date
        for unit in ["か月前", "ヶ月前", "カ月前", "ヵ月前", "ケ月前", "箇月前"] {
            if let end = end(text, unit, place, limit) {
                return (.month(year, month - number), end)
            }
        }
        return nil
    }

    /// A number in digits, or up to 99 in ideographs.
    private func number(
        _ text: [Character],
        _ start: Int,
        _ limit: Int,
        digits: Int
    ) -> (Int, Int)? {
        var end = start
        var value = 0
        while end < limit, end - start < digits, let digit = text[end].wholeNumberValue,
            text[end].isASCII
        {
            value = value * 10 + digit
            end += 1
        }
        guard end == start else {
            // Not the beginning of a longer number.
            return end < limit && text[end].isASCII && text[end].isNumber ? nil : (value, end)
        }
        while end < limit, end - start < 3 {
            if text[end] == "十" {
                value = max(value, 1) * 10
            } else if let digit = Self.ideographs.firstIndex(of: text[end]), value % 10 == 0 {
                value += digit
            } else {
                break
            }
            end += 1
        }
        return end == start ? nil : (value, end)
    }

    private func end(_ text: [Character], _ word: String, _ start: Int, _ limit: Int) -> Int? {
        let word = Array(word)
        return has(text, word, start, limit) ? start + word.count : nil
    }

    private func has(_ text: [Character], _ word: [Character], _ start: Int, _ limit: Int) -> Bool {
        start + word.count <= limit && text[start..<start + word.count].elementsEqual(word)
    }
}
