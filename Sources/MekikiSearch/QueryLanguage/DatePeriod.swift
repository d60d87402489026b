/// A period of local time: from its first second on, up to the first one after it.
struct DatePeriod: Hashable {
    /// `nil` for an open beginning.
    var from: LocalTime?
    /// `nil` for an open end.
    var before: LocalTime?

    static func day(_ time: LocalTime) -> Self {
        let start = LocalTime(seconds: time.seconds)
        return Self(from: start, before: start.adding(days: 1))
    }

    static func month(_ year: Int, _ month: Int) -> Self {
        Self(from: LocalTime(year, month), before: LocalTime(year, month + 1))
    }

    static func year(_ year: Int) -> Self {
        Self(from: LocalTime(year), before: LocalTime(year + 1))
    }

    /// Three months: spring begins in March, and winter lasts into the next year.
    static func season(_ season: Season, _ year: Int) -> Self {
        Self(
            from: LocalTime(year, season.firstMonth),
            before: LocalTime(year, season.firstMonth + 3)
        )
    }

    /// The week from Monday to Sunday that a day lies in.
    static func week(of day: LocalTime) -> Self {
        let monday = day.adding(days: -day.weekday)
        return Self(from: monday, before: monday.adding(days: 7))
    }

    /// Its Saturday and Sunday.
    static func weekend(of day: LocalTime) -> Self {
        let monday = day.adding(days: -day.weekday)
        return Self(from: monday.adding(days: 5), before: monday.adding(days: 7))
    }

    /// Everything from its beginning on.
    var onwards: Self { Self(from: from, before: nil) }

    /// Everything up to its end.
    var upToEnd: Self { Self(from: nil, before: before) }

    /// Everything before it.
    var earlier: Self { Self(from: nil, before: from) }

    /// Everything after it.
    var later: Self { Self(from: before, before: nil) }

    enum Season: CaseIterable {
        case spring, summer, autumn, winter

        var firstMonth: Int {
            switch self {
            case .spring: 3
            case .summer: 6
            case .autumn: 9
            case .winter: 12
            }
        }
    }
}
