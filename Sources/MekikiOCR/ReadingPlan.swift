import MekikiCore

/// Decides in which sizes and layers a picture is given to Tesseract, and what of the answers is kept.
enum ReadingPlan {
    /// The longest side that is read: a page of a book in 300 dots an inch has 2,500 rows.
    static let longestSide = 2600

    /// Pictures whose longer side is shorter are doubled: Tesseract wants letters of 20 rows and more.
    static let shortSide = 700

    /// The longest side of a layer: titles on pictures are large, and smaller specks are no letters.
    static let layerSide = 600

    /// Pictures with a side below this hold no text.
    static let leastSide = 8

    /// So many letters that Tesseract is sure of are a page, and need no second look.
    static let enoughLetters = 20

    /// Only as much of a layer may be ink: less is dust, more is a surface.
    static let inkShares = 0.0005...0.4

    /// By which factor a picture is read.
    ///
    /// - Parameter picture: The picture.
    /// - Returns: The factor for both sides.
    static func scale(_ picture: PixelBuffer) -> Double {
        let side = max(picture.width, picture.height)
        if side > longestSide { return Double(longestSide) / Double(side) }
        return side < shortSide ? 2 : 1
    }

    /// By which factor a picture's layers are read.
    ///
    /// - Parameter picture: The picture.
    /// - Returns: The factor for both sides.
    static func layerScale(_ picture: PixelBuffer) -> Double {
        // Never enlarged: Tesseract knows letters of some 40 rows best, and misreads those of 100.
        min(Double(layerSide) / Double(max(picture.width, picture.height)), 1)
    }

    /// Whether a picture's dark and bright parts are to be read apart.
    ///
    /// - Parameter lines: What was read of the whole picture.
    /// - Returns: `false` where enough was read.
    static func needsLayers(_ lines: [TextLine]) -> Bool {
        let sure = lines.filter { $0.confidence >= 0.8 }
        return sure.reduce(0) { $0 + letters($1.text) } < enoughLetters
    }

    /// Whether a picture may be turned: much was read of it, and little of that was text.
    ///
    /// Tesseract finds out by itself how a page is turned, but not from a line or two.
    ///
    /// - Parameters:
    ///   - found: What Tesseract read of the whole picture.
    ///   - kept: What of it is text.
    /// - Returns: `true` where the other directions are to be read.
    static func mayBeTurned(_ found: [TesseractTable.Line], _ kept: [TextLine]) -> Bool {
        let marks = found.reduce(0) { $0 + $1.words.reduce(0) { $0 + letters($1.text) } }
        return marks >= turnedLetters && 2 * kept.reduce(0) { $0 + letters($1.text) } < marks
    }

    /// Whether what was read in another direction is text rather than what was read in the first.
    ///
    /// - Parameters:
    ///   - turned: What is text in the other direction.
    ///   - kept: What is text in the first.
    /// - Returns: `true` for a good deal more that is sure.
    static func isBetter(_ turned: [TextLine], than kept: [TextLine]) -> Bool {
        let sure = turned.filter { $0.confidence >= 0.8 }.reduce(0) { $0 + letters($1.text) }
        return sure >= turnedLetters && sure > 2 * kept.reduce(0) { $0 + letters($1.text) }
    }

    /// The fewest letters that tell a direction.
    static let turnedLetters = 8

    private static func letters(_ text: String) -> Int {
        text.count { $0.isLetter || $0.isNumber }
    }

    /// Puts together what was read in a picture's layers: of lines in one place, the surest.
    ///
    /// - Parameters:
    ///   - lines: What was read before, in its order.
    ///   - others: What was read in another layer.
    /// - Returns: The lines.
    static func merge(_ lines: [TextLine], _ others: [TextLine]) -> [TextLine] {
        var lines = lines
        for other in others {
            let same = lines.indices.filter { overlap(lines[$0], other) > 0.5 }
            if same.contains(where: { lines[$0].confidence >= other.confidence }) { continue }
            if let first = same.first {
                lines[first] = other
                for index in same.dropFirst().reversed() { lines.remove(at: index) }
            } else {
                lines.append(other)
            }
        }
        return lines
    }

    /// Which part of the smaller place both have in common, 0 to 1.
    private static func overlap(_ one: TextLine, _ other: TextLine) -> Float {
        let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        guard width > 0, height > 0 else { return 0 }
        let least = min(one.width * one.height, other.width * other.height)
        return least > 0 ? width * height / least : 0
    }
}
