/// How many columns of a terminal text takes: Japanese takes two a character.
enum DisplayWidth {
    /// The columns of a text, after Unicode's East Asian Width (UAX #11): wide and full-width
    /// scalars count two, combining marks and joiners none.
    static func of(_ text: String) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    /// A text cut to a number of columns, with an ellipsis where something was left out.
    static func cut(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        var result = ""
        var used = 1
        for character in text {
            let width = Self.columns(of: character)
            if used + width > columns { break }
            used += width
            result.append(character)
        }
        return result + "…"
    }

    /// A text cut to a number of columns from its start, with an ellipsis where something was left
    /// out.
    static func cutStart(_ text: String, to columns: Int) -> String {
        String(cut(String(text.reversed()), to: columns).reversed())
    }

    /// A text with spaces after it up to a number of columns.
    static func pad(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }

    private static func columns(of character: Character) -> Int {
        character.unicodeScalars.map(columns(of:)).max() ?? 0
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
            0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            2
        default:
            scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }
}
