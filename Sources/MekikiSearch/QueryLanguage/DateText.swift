/// Dates in digits, as values of keys: `2024`, `2024-06`, `2024-06-30T18:05`, `2024-06..08`.
struct DateText {
    /// The period that a value names; `nil` for what is no date.
    static func period(_ text: String) -> DatePeriod? {
        for separator in ["...", "..", "…", "~"] {
            guard let range = text.firstRange(of: separator) else { continue }
            let first = String(text[..<range.lowerBound])
            let last = String(text[range.upperBound...])
            return period(from: first, to: last)
        }
        return date(text)?.period
    }

    private static func period(from first: String, to last: String) -> DatePeriod? {
        if first.isEmpty { return date(last)?.period.upToEnd }
        guard let start = date(first) else { return nil }
        if last.isEmpty { return start.period.onwards }
        guard let end = date(last) ?? completed(last, start),
            let from = start.period.from, let before = end.period.before, from < before
        else { return nil }
        return DatePeriod(from: from, before: before)
    }

    /// `08` after `2024-06` is a month of the same year, `15` after `2024-06-01` a day.
    private static func completed(_ text: String, _ start: DateText) -> DateText? {
        let numbers = start.numbers
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2 || numbers.count == 3, parts.count < numbers.count else {
            return nil
        }
        let kept = numbers.prefix(numbers.count - parts.count).map(String.init)
        return date((kept + parts.map(String.init)).joined(separator: "-"), isPadded: false)
    }

    /// Year, month and day, as many as were written.
    private var numbers: [Int]
    private var period: DatePeriod

    private static func date(_ text: String, isPadded: Bool = true) -> DateText? {
        let halves = text.split(
            maxSplits: 1,
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == "T" }
        )
        guard let first = halves.first else { return nil }
        let separator: Character = first.contains("/") ? "/" : first.contains(".") ? "." : "-"
        let parts = first.split(separator: separator, omittingEmptySubsequences: false)
        var numbers: [Int] = []
        for (index, part) in parts.enumerated() {
            guard part.count == 4 || index > 0 && (1...2).contains(part.count),
                part.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        guard let period = calendarPeriod(numbers) else { return nil }
        guard halves.count == 2 else { return DateText(numbers: numbers, period: period) }
        guard numbers.count == 3, let day = period.from, let time = time(halves[1]) else {
            return nil
        }
        let start = LocalTime(seconds: day.seconds + time.start)
        let end = LocalTime(seconds: start.seconds + time.length)
        return DateText(numbers: [], period: DatePeriod(from: start, before: end))
    }

    /// The period of a year, a month or a day that the calendar has.
    static func calendarPeriod(_ numbers: [Int]) -> DatePeriod? {
        guard let year = numbers.first, (1...9999).contains(year), numbers.count <= 3 else {
            return nil
        }
        guard numbers.count > 1 else { return .year(year) }
        guard (1...12).contains(numbers[1]) else { return nil }
        guard numbers.count > 2 else { return .month(year, numbers[1]) }
        guard (1...LocalTime.length(ofMonth: numbers[1], year)).contains(numbers[2]) else {
            return nil
        }
        return .day(LocalTime(year, numbers[1], numbers[2]))
    }

    private static func time(_ text: Substring) -> (start: Int, length: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var seconds = 0
        var length = 86_400
        for (part, limit) in zip(parts, [24, 60, 60]) {
            guard part.count == 2, part.allSatisfy({ $0.isASCII && $0.isNumber }),
                let number = Int(part), number < limit
            else { return nil }
            length /= limit
            seconds += number * length
        }
        return (seconds, length)
    }
}
