/// What Tesseract writes as a table: one line for each page, block, paragraph, line and word.
struct TesseractTable {
    /// The lines of each page, by its number from 1.
    private(set) var pages: [Int: [Line]] = [:]

    /// A line of text as Tesseract found it.
    struct Line: Equatable {
        /// Its words in their order.
        var words: [Word]
        /// The left edge in pixels.
        var left: Int
        /// The upper edge in pixels.
        var top: Int
        /// The width in pixels.
        var width: Int
        /// The height in pixels.
        var height: Int
    }

    /// A word as Tesseract found it.
    struct Word: Equatable {
        /// The word.
        var text: String
        /// How sure Tesseract is, 0 to 100.
        var confidence: Double
    }

    /// Reads a table; what is no line of one is passed over.
    ///
    /// - Parameter table: Tesseract's output.
    init(_ table: String) {
        for row in table.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = row.split(
                separator: "\t",
                maxSplits: 11,
                omittingEmptySubsequences: false
            )
            guard fields.count >= 11 else { continue }
            let numbers = fields[0..<10].compactMap { Int($0) }
            guard numbers.count == 10 else { continue }
            let page = numbers[1]
            switch numbers[0] {
            case 1:
                // A page without text still was read.
                pages[page, default: []] += []
            case 4:
                pages[page, default: []].append(
                    Line(
                        words: [],
                        left: numbers[6],
                        top: numbers[7],
                        width: numbers[8],
                        height: numbers[9]
                    )
                )
            case 5:
                guard fields.count == 12, let confidence = Double(fields[10]),
                    let last = pages[page]?.indices.last
                else { continue }
                let word = Word(text: String(fields[11]), confidence: confidence)
                pages[page]?[last].words.append(word)
            default:
                continue
            }
        }
    }
}
