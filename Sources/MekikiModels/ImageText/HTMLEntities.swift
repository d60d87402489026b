/// HTML's names for characters, as they stand in captions from web pages.
enum HTMLEntities {
    /// Replaces entities by what they name; what names nothing stays.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The text without entities that are known.
    /// - Complexity: O(n) in the length of the text.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let start = rest.firstIndex(of: "&") {
            result.append(contentsOf: rest[..<start])
            rest = rest[rest.index(after: start)...]
            guard let (value, count) = character(rest.prefix(32)) else {
                result.append("&")
                continue
            }
            result.append(contentsOf: value.unicodeScalars)
            rest = rest.dropFirst(count)
        }
        result.append(contentsOf: rest)
        return String(result)
    }

    /// The character that an entity names, and how many scalars its name has, the semicolon included.
    private static func character(
        _ text: Substring.UnicodeScalarView.SubSequence
    ) -> (String, Int)? {
        let scalars = Array(text)
        if scalars.first == "#" { return numbered(scalars) }
        let letters = scalars.prefix { isLetterOrDigit($0) }
        if letters.count < scalars.count, scalars[letters.count] == ";",
            let value = names[String(String.UnicodeScalarView(letters))]
        {
            return (value, letters.count + 1)
        }
        // The oldest names do without a semicolon, and even with more letters behind them.
        for count in stride(from: letters.count, to: 1, by: -1) {
            let name = String(String.UnicodeScalarView(letters.prefix(count)))
            if let value = names[name], isOld(value) { return (value, count) }
        }
        return nil
    }

    /// Whether a character is of Latin-1, whose names are the oldest.
    private static func isOld(_ value: String) -> Bool {
        value != "'" && value.unicodeScalars.allSatisfy { $0.value <= 0xFF }
    }

    private static func numbered(_ scalars: [Unicode.Scalar]) -> (String, Int)? {
        let isHexadecimal = scalars.count > 1 && (scalars[1] == "x" || scalars[1] == "X")
        let start = isHexadecimal ? 2 : 1
        let digits = scalars.dropFirst(start).prefix { $0.properties.isASCIIHexDigit }
            .prefix { isHexadecimal || $0.value <= 0x39 }
        let text = String(String.UnicodeScalarView(digits))
        guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10) else { return nil }
        let end = start + digits.count
        let isClosed = end < scalars.count && scalars[end] == ";"
        let scalar: Unicode.Scalar
        switch value {
        case 0: scalar = "\u{FFFD}"
        // Pages mean Windows' letters there.
        case 0x80...0x9F: scalar = windowsLetters[Int(value) - 0x80]
        default: scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        }
        return (String(scalar), end + (isClosed ? 1 : 0))
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// What stands at 0x80 to 0x9F in Windows' Latin alphabet.
    private static let windowsLetters = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
    )

    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "AMP": "&", "LT": "<",
        "GT": ">", "QUOT": "\"", "nbsp": "\u{A0}", "copy": "©", "reg": "®", "COPY": "©", "REG": "®",
        "trade": "™",
        "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
        "rdquo": "”", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»", "lsaquo": "‹",
        "rsaquo": "›", "bull": "•", "middot": "·", "times": "×", "divide": "÷", "deg": "°",
        "plusmn": "±", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³",
        "micro": "µ", "para": "¶", "sect": "§", "cent": "¢", "pound": "£", "yen": "¥",
        "euro": "€", "iexcl": "¡", "iquest": "¿", "prime": "′", "Prime": "″", "dagger": "†",
        "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "hearts": "♥", "spades": "♠",
        "clubs": "♣", "diams": "♦", "star": "☆", "starf": "★", "infin": "∞", "ne": "≠",
        "le": "≤", "ge": "≥", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}",
        "not": "¬", "brvbar": "¦", "curren": "¤", "uml": "¨", "ordf": "ª", "ordm": "º",
        "acute": "´", "cedil": "¸", "sup1": "¹", "macr": "¯", "ETH": "Ð", "eth": "ð",
        "THORN": "Þ", "thorn": "þ", "shy": "\u{AD}", "zwj": "\u{200D}", "zwnj": "\u{200C}",
        "Agrave": "À", "Aacute": "Á",
        "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å", "AElig": "Æ", "Ccedil": "Ç",
        "Egrave": "È", "Eacute": "É", "Ecirc": "Ê", "Euml": "Ë", "Igrave": "Ì", "Iacute": "Í",
        "Icirc": "Î", "Iuml": "Ï", "Ntilde": "Ñ", "Ograve": "Ò", "Oacute": "Ó", "Ocirc": "Ô",
        "Otilde": "Õ", "Ouml": "Ö", "Oslash": "Ø", "OElig": "Œ", "Ugrave": "Ù", "Uacute": "Ú",
        "Ucirc": "Û", "Uuml": "Ü", "Yacute": "Ý", "szlig": "ß", "agrave": "à", "aacute": "á",
        "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å", "aelig": "æ", "ccedil": "ç",
        "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "igrave": "ì", "iacute": "í",
        "icirc": "î", "iuml": "ï", "ntilde": "ñ", "ograve": "ò", "oacute": "ó", "ocirc": "ô",
        "otilde": "õ", "ouml": "ö", "oslash": "ø", "oelig": "œ", "ugrave": "ù", "uacute": "ú",
        "ucirc": "û", "uuml": "ü", "yacute": "ý", "yuml": "ÿ",
    ]
}
