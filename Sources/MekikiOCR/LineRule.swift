import MekikiCore

/// Decides what of Tesseract's lines is text, and writes it as people do.
///
/// Tesseract finds lines in grass and bricks too. Those are short, made of marks more than of letters, and
/// Tesseract is not sure of them.
struct LineRule: Sendable, Equatable {
    /// How sure Tesseract has to be of a line, 0 to 1.
    var confidence: Float = 0.6

    /// How sure it has to be of a line of fewer than ``shortLength`` letters: chance makes them easily.
    var shortConfidence: Float = 0.8

    /// The letters and digits from which a line is not short.
    var shortLength = 4

    /// The least share of letters and digits among what is not space.
    var letterShare = 0.5

    /// What of a page's lines is text.
    ///
    /// - Parameters:
    ///   - lines: What Tesseract found, in its order.
    ///   - page: The page.
    /// - Returns: The lines that are text.
    func lines(_ lines: [TesseractTable.Line], of page: GrayPicture) -> [TextLine] {
        lines.compactMap { text($0, width: page.width, height: page.height) }
    }

    /// A line as people write it; `nil` when it is no text.
    ///
    /// - Parameters:
    ///   - line: What Tesseract found.
    ///   - width: The page's width in pixels.
    ///   - height: The page's height in pixels.
    /// - Returns: The line with its place in shares of the page.
    func text(_ line: TesseractTable.Line, width: Int, height: Int) -> TextLine? {
        let words = line.words.filter { $0.text.contains { !$0.isWhitespace } }
        let text = Self.join(words.map(\.text))
        let marks = text.filter { !$0.isWhitespace }
        let letters = marks.reduce(0) { $0 + ($1.isLetter || $1.isNumber ? 1 : 0) }
        guard letters >= 2, Double(letters) >= letterShare * Double(marks.count) else { return nil }
        // By letters: the one sure comma of a wrong line says little.
        let weights = words.map { (Double($0.text.count), max(0, $0.confidence)) }
        let total = weights.reduce(0) { $0 + $1.0 }
        let mean = Float(weights.reduce(0) { $0 + $1.0 * $1.1 } / total / 100)
        guard mean >= (letters < shortLength ? shortConfidence : confidence) else { return nil }
        // Strokes and tiles are read as one letter again and again.
        guard letters < shortLength || Set(marks.lowercased()).count > 2 else { return nil }
        func share(_ value: Int, of side: Int) -> Float {
            min(max(Float(value) / Float(side), 0), 1)
        }
        let x = share(line.left, of: width)
        let y = share(line.top, of: height)
        return TextLine(
            text: text,
            confidence: min(mean, 1),
            x: x,
            y: y,
            width: min(share(line.width, of: width), 1 - x),
            height: min(share(line.height, of: height), 1 - y)
        )
    }

    /// Puts words together: with a space between them, except at Japanese and Chinese characters, where
    /// Tesseract divides and nobody writes a space.
    ///
    /// - Parameter words: The words in their order.
    /// - Returns: The line.
    static func join(_ words: [String]) -> String {
        var line = ""
        for word in words {
            let word = word.filter { !$0.isWhitespace }
            guard let next = word.first else { continue }
            if let last = line.last, !isWrittenWithoutSpaces(last), !isWrittenWithoutSpaces(next) {
                line.append(" ")
            }
            line += word
        }
        return line
    }

    private static func isWrittenWithoutSpaces(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x3000...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0xFF00...0xFFEF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
