import Foundation
import MekikiCore

/// The normalisers.
extension TokenizerJSON {
    func normalizationSteps(_ field: JSONField) throws -> [NormalizationStep] {
        let kind = try field.required("type")
        switch try kind.string() {
        case "Sequence":
            return try field.required("normalizers").elements().flatMap(normalizationSteps)
        case "Lowercase": return [.lowercased]
        case "StripAccents": return [.marksRemoved]
        case "Nmt": return [.translation]
        case "Replace": return [try replacement(field)]
        case "Prepend":
            return [.prefixed(Array(try field.required("prepend").string().unicodeScalars))]
        case "Strip":
            return [
                .stripped(
                    left: try field.required("strip_left").bool(),
                    right: try field.required("strip_right").bool()
                )
            ]
        case "Precompiled": return [try precompiled(field)]
        case "BertNormalizer":
            let lowercases = try field["lowercase"]?.bool() ?? true
            return [
                .bert(
                    BERTNormalizer(
                        cleans: try field["clean_text"]?.bool() ?? true,
                        separatesIdeographs: try field["handle_chinese_chars"]?.bool() ?? true,
                        stripsAccents: try field["strip_accents"]?.bool() ?? lowercases,
                        lowercases: lowercases
                    )
                )
            ]
        case let name:
            if let form = NormalizationStep.Form(rawValue: name) { return [.form(form)] }
            throw kind.unsupported("the normalisation '\(name)'")
        }
    }

    private func replacement(_ field: JSONField) throws -> NormalizationStep {
        let pattern = try field.required("pattern")
        let content = Array(try field.required("content").string().unicodeScalars)
        if try pattern["Regex"]?.string() == #"\s+"# { return .blanksReplaced(content) }
        return .replaced(try textPattern(pattern), content)
    }

    /// A pattern that is a text or an expression.
    func textPattern(_ field: JSONField) throws -> TextPattern {
        if let literal = try field["String"]?.string() { return TextPattern(literal: literal) }
        guard let expression = try field["Regex"]?.string() else {
            throw field.mismatch("a text or an expression")
        }
        guard let pattern = TextPattern(expression: expression) else {
            throw field.unsupported("the pattern '\(expression)'")
        }
        return pattern
    }

    private func precompiled(_ field: JSONField) throws -> NormalizationStep {
        guard let text = field["precompiled_charsmap"] else { return .precompiled(.empty) }
        guard let bytes = Data(base64Encoded: try text.string()),
            let map = PrecompiledMap(Array(bytes))
        else { throw text.mismatch("a table of replacements in Base64") }
        return .precompiled(map)
    }
}
