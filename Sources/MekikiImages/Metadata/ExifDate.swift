/// A moment as EXIF writes it, `2024:06:30 18:05:09`, checked to be one.
///
/// Cameras whose clock was never set write `0000:00:00 00:00:00` or blanks, and some programs other
/// separators.
struct ExifDate: CustomStringConvertible {
    private let numbers: [Int]

    /// Reads year, month, day, hour, minute and second; `nil` where they are no moment.
    init?(_ text: String) {
        let fields = text.split { ":-/ T.".contains($0) }.prefix(6)
        let numbers = fields.compactMap { field in
            field.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(field) : nil
        }
        guard numbers.count == 6, fields.first?.count == 4, numbers[0] > 0,
            (1...12).contains(numbers[1]),
            (1...Self.days(in: numbers[1], of: numbers[0])).contains(numbers[2]),
            (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4]),
            (0..<60).contains(numbers[5])
        else { return nil }
        self.numbers = numbers
    }

    /// ISO 8601 without a zone, because EXIF has none.
    var description: String {
        let texts = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
        let year = String(repeating: "0", count: max(0, 4 - texts[0].count)) + texts[0]
        return "\(year)-\(texts[1])-\(texts[2])T\(texts[3]):\(texts[4]):\(texts[5])"
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
