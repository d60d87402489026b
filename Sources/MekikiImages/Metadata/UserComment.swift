import Foundation

/// EXIF's UserComment, in which generators write their prompts to files that have no text chunks.
///
/// Its first eight bytes name an encoding, and are wrong as often as not: writers use UTF-16 in either order
/// whatever the file's own order is, UTF-32 and UTF-8 under the same name. So every encoding is tried, and
/// the text that reads best is taken.
enum UserComment {
    /// The key under which the text is kept.
    static let key = "UserComment"

    /// Decodes a field's bytes.
    ///
    /// - Parameter bytes: All bytes of the field, its code first.
    /// - Returns: The text; `nil` where there is none.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count > 8 else { return nil }
        let code = bytes[..<8]
        let hasCode =
            code.allSatisfy { $0 == 0 }
            || ["ASCII\0\0\0", "UNICODE\0", "JIS\0\0\0\0\0"].contains {
                code.elementsEqual($0.utf8)
            }
        let body = Array(hasCode ? bytes[8...] : bytes[...])
        // Letters of ASCII in pairs are Chinese characters in UTF-16, and read well.
        let printable = body.count { (0x20...0x7E).contains($0) }
        let wideTrust = Double(printable) > 0.9 * Double(body.count) ? 0.4 : 1
        var candidates: [(text: String?, trust: Double)] = [
            (utf8(body), 1), (utf16(body, isBig: true), wideTrust),
            (utf16(body, isBig: false), wideTrust), (utf32(body), 1),
        ]
        if hasCode, code.elementsEqual("JIS\0\0\0\0\0".utf8) {
            // Few use the name, and hardly another encoding under it.
            let encoding: String.Encoding = body.contains(0x1B) ? .iso2022JP : .shiftJIS
            candidates.append((String(data: Data(body), encoding: encoding), 1.5))
        } else if !body.contains(0) {
            candidates.append((String(data: Data(body), encoding: .isoLatin1), 0.9))
        }
        let best = candidates.compactMap { text, trust in
            text.map { (text: trimmed($0), score: trust * score($0)) }
        }.max { $0.score < $1.score }
        guard let best, best.score > 0.5, !best.text.isEmpty else { return nil }
        return best.text
    }

    /// Decodes what Windows writes: UTF-16, lower byte first, with a NUL at the end.
    ///
    /// - Parameter bytes: All bytes of the field.
    /// - Returns: The text; `nil` where there is none.
    static func utf16LittleEndian(_ bytes: [UInt8]) -> String? {
        let text = utf16(bytes, isBig: false).map(trimmed) ?? ""
        return text.isEmpty ? nil : text
    }

    private static func trimmed(_ text: String) -> String {
        text.trimmingPrefix { $0 == "\0" || $0 == "\u{FEFF}" }.description
            .split(separator: "\0", omittingEmptySubsequences: true).joined(separator: " ")
            .trimmingSpace
    }

    /// Strict UTF-8; a last character that was cut through is left out.
    private static func utf8(_ bytes: [UInt8]) -> String? {
        (0...3).lazy.compactMap { String(validating: bytes.dropLast($0), as: UTF8.self) }.first
    }

    private static func utf16(_ bytes: [UInt8], isBig: Bool) -> String? {
        guard bytes.count >= 2 else { return nil }
        let units = (0..<bytes.count / 2).map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
            return isBig ? first << 8 | second : second << 8 | first
        }
        return String(validating: units, as: UTF16.self)
    }

    private static func utf32(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 4 else { return nil }
        var text = String.UnicodeScalarView()
        for index in stride(from: 0, to: bytes.count - 3, by: 4) {
            var number: UInt32 = 0
            for byte in bytes[index..<index + 4].reversed() { number = number << 8 | UInt32(byte) }
            guard let scalar = Unicode.Scalar(number) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    /// How much of a text is what people write: letters of scripts in use, digits, marks of ASCII, space.
    private static func score(_ text: String) -> Double {
        var good = 0.0
        var count = 0.0
        for scalar in text.unicodeScalars {
            count += 1
            switch scalar.value {
            case 0x20...0x7E, 0x09, 0x0A, 0x0D: good += 1
            case 0x3000...0x30FF, 0x4E00...0x9FFF, 0xFF01...0xFF9F, 0xAC00...0xD7A3: good += 0.9
            case 0xA0...0x24F, 0x370...0x52F: good += 0.8
            case 0x2000...0x2BFF, 0x1F000...0x1FAFF: good += 0.7
            case 0, 0xFFFD: good -= 1
            default: break
            }
        }
        guard count > 0 else { return 0 }
        // A generator's own words leave no doubt.
        return good / count + (text.contains("Steps: ") || text.hasPrefix("{") ? 0.5 : 0)
    }
}
