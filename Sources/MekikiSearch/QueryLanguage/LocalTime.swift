/// A moment as clocks on the wall show it, without a zone: seconds since the beginning of 1970.
struct LocalTime: Hashable, Comparable {
    var seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    /// The beginning of a day of the Gregorian calendar; days and months out of range count on.
    init(_ year: Int, _ month: Int = 1, _ day: Int = 1) {
        let months = year * 12 + month - 1
        seconds =
            (Self.days(months.floored(12), months - months.floored(12) * 12 + 1) + day - 1)
            * Self.day
    }

    static let day = 86_400

    static func < (first: Self, second: Self) -> Bool { first.seconds < second.seconds }

    func adding(days: Int) -> Self { Self(seconds: seconds + days * Self.day) }

    /// The day, month and year.
    var date: (year: Int, month: Int, day: Int) {
        // After Howard Hinnant's derivation: eras of 400 years that begin on the first of March.
        let shifted = seconds.floored(Self.day) + 719_468
        let era = shifted.floored(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// 0 for Monday to 6 for Sunday.
    var weekday: Int {
        let days = seconds.floored(Self.day) + 3
        return days - days.floored(7) * 7
    }

    var isMidnight: Bool { seconds == seconds.floored(Self.day) * Self.day }

    /// `2024-06-30`.
    var dayText: String {
        let (year, month, day) = date
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `2024-06-30T18:05:09`.
    var text: String {
        let rest = seconds - seconds.floored(Self.day) * Self.day
        return
            "\(dayText)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
    }

    /// How many days a month has.
    static func length(ofMonth month: Int, _ year: Int) -> Int {
        (Self(year, month + 1).seconds - Self(year, month).seconds) / day
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floored(400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int {
    /// The quotient, rounded down.
    fileprivate func floored(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}
