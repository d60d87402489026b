import MekikiCore

/// What a value of a key says, and how it is written and shown.
struct FilterValue {
    /// The statement; moments are local times, those of `added` too.
    var condition: FilterCondition

    /// `key:value` in the one spelling that stands for it.
    var text: String {
        let key = condition.field.rawValue
        switch condition.relation {
        case .equals(let value):
            let isUsual = Self.isExact(condition.field)
            return "\(key):\(isUsual ? "" : "=")\(QueryRendering.value(value))"
        case .contains(let value): return "\(key):\(QueryRendering.value(value))"
        case .number(let low, let high, let excludesLow, let excludesHigh):
            return "\(key):\(Self.numberText(low, high, excludesLow, excludesHigh))"
        case .moment(let from, let before): return "\(key):\(from ?? "")..\(before ?? "")"
        }
    }

    /// Whether a text field means the whole text, unless a part is asked for.
    static func isExact(_ field: FilterField) -> Bool {
        switch field {
        case .seed, .type, .has, .tag: true
        default: false
        }
    }

    /// A statement about a number or a text; `nil` where the value can't be.
    static func condition(
        _ field: FilterField,
        _ comparison: QueryToken.Comparison,
        _ value: String
    ) -> FilterCondition? {
        switch field.kind {
        case .number: return number(value, comparison).map { FilterCondition(field, $0) }
        case .moment: return nil
        case .text:
            guard comparison == .none || comparison == .equal else { return nil }
            guard let text = checked(field, value) else { return nil }
            let isWhole = comparison == .equal || isExact(field)
            return FilterCondition(field, isWhole ? .equals(text) : .contains(text))
        }
    }

    private static let types: [String: String] = [
        "jpg": "jpeg", "jpeg": "jpeg", "jpe": "jpeg", "png": "png", "webp": "webp", "gif": "gif",
        "tif": "tiff", "tiff": "tiff", "heic": "heic", "heif": "heic", "avif": "avif",
    ]

    private static let parts: [String: String] = [
        "caption": "caption", "キャプション": "caption", "説明": "caption", "prompt": "prompt",
        "プロンプト": "prompt", "text": "text", "文字": "text", "テキスト": "text",
        "generation": "generation", "生成": "generation", "生成情報": "generation",
        "camera": "camera", "カメラ": "camera", "place": "place", "場所": "place", "位置": "place",
        "tag": "tag", "タグ": "tag", "keywords": "keywords", "keyword": "keywords",
        "キーワード": "keywords", "provenance": "provenance", "来歴": "provenance",
    ]

    private static func checked(_ field: FilterField, _ value: String) -> String? {
        let folded = QueryText(value).folded
        switch field {
        case .seed:
            let digits = folded.first == "-" ? folded.dropFirst() : folded[...]
            guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                return nil
            }
            return String(folded)
        case .type:
            return types[
                String(folded.first == "." ? folded.dropFirst() : folded[...]).lowercased()
            ]
        case .has: return parts[String(folded).lowercased()]
        default: return value
        }
    }

    private static func number(
        _ value: String,
        _ comparison: QueryToken.Comparison
    ) -> FilterCondition.Relation? {
        var text = String(QueryText(value).folded.filter { !$0.separatesWords })
        if text.hasSuffix("px") { text.removeLast(2) }
        var comparison = comparison
        for (suffix, meaning) in [
            ("以上", QueryToken.Comparison.greaterOrEqual), ("以下", .lessOrEqual),
            ("未満", .less), ("超", .greater),
        ] where comparison == .none && text.hasSuffix(suffix) {
            text.removeLast(suffix.count)
            comparison = meaning
        }
        switch comparison {
        case .less, .lessOrEqual:
            guard let high = plain(text) else { return nil }
            return .number(
                atLeast: nil,
                atMost: high,
                excludesLower: false,
                excludesUpper: comparison == .less
            )
        case .greater, .greaterOrEqual:
            guard let low = plain(text) else { return nil }
            return .number(
                atLeast: low,
                atMost: nil,
                excludesLower: comparison == .greater,
                excludesUpper: false
            )
        case .none, .equal: break
        }
        for separator in ["...", "..", "…", "~", "-"] {
            guard let range = text.firstRange(of: separator),
                range.lowerBound > text.startIndex || separator != "-"
            else { continue }
            let first = text[..<range.lowerBound]
            let last = text[range.upperBound...]
            let low = first.isEmpty ? nil : plain(String(first))
            let high = last.isEmpty ? nil : plain(String(last))
            guard first.isEmpty == (low == nil), last.isEmpty == (high == nil),
                low != nil || high != nil, low ?? -.infinity <= high ?? .infinity
            else { return nil }
            return .number(atLeast: low, atMost: high, excludesLower: false, excludesUpper: false)
        }
        return plain(text).map {
            .number(atLeast: $0, atMost: $0, excludesLower: false, excludesUpper: false)
        }
    }

    /// Up to 15 digits, which a `Double` gives back as they were, with a point and a sign.
    private static func plain(_ text: String) -> Double? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.count <= 16, digits.first?.isNumber == true, digits.last?.isNumber == true,
            digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            digits.filter(\.isNumber).count <= 15
        else { return nil }
        // Numbers next to 0 would be written with an exponent; no field has them.
        guard let number = Double(text), number == 0 || abs(number) >= 1e-3 else { return nil }
        return number
    }

    private static func numberText(
        _ low: Double?,
        _ high: Double?,
        _ excludesLow: Bool,
        _ excludesHigh: Bool
    ) -> String {
        switch (low, high) {
        case (let low?, nil): return (excludesLow ? ">" : ">=") + text(low)
        case (nil, let high?): return (excludesHigh ? "<" : "<=") + text(high)
        case (let low?, let high?):
            return low == high ? text(low) : "\(text(low))..\(text(high))"
        case (nil, nil): return ".."
        }
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
