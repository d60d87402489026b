import MekikiCore

/// The pre-tokenisers.
extension TokenizerJSON {
    /// Whether words reach the model as bytes.
    var readsBytes: Bool {
        get throws {
            guard let field = root["pre_tokenizer"] else { return false }
            let stages = try Self.stages(field)
            let places = try stages.indices.filter {
                try stages[$0].required("type").string() == "ByteLevel"
            }
            guard let place = places.first else { return false }
            guard place == stages.count - 1 else {
                throw stages[place].unsupported("another stage after the one that makes bytes")
            }
            return true
        }
    }

    /// All stages, those of sequences in sequences too.
    private static func stages(_ field: JSONField) throws -> [JSONField] {
        guard let inner = field["pretokenizers"] else { return [field] }
        return try inner.elements().flatMap(stages)
    }

    func splits(_ field: JSONField) throws -> [PreTokenization] {
        let kind = try field.required("type")
        switch try kind.string() {
        case "Sequence": return try field.required("pretokenizers").elements().flatMap(splits)
        case "Split": return [try split(field)]
        case "ByteLevel":
            // The library's own defaults are true, for files that leave the keys out.
            let addsSpace = try field["add_prefix_space"]?.bool() ?? true
            let splits = try field["use_regex"]?.bool() ?? true
            return (addsSpace ? [.leadingSpace] : []) + (splits ? [.rule(.gpt2)] : [])
        case "Whitespace": return [.wordsAndSymbols]
        case "WhitespaceSplit": return [.scalars(.whitespace, .removed)]
        case "BertPreTokenizer":
            return [.scalars(.whitespace, .removed), .scalars(.punctuation, .isolated)]
        case "Punctuation": return [.scalars(.punctuation, try behavior(field) ?? .isolated)]
        case "Digits":
            let isSingle = try field["individual_digits"]?.bool() ?? false
            return [.scalars(.number, isSingle ? .isolated : .contiguous)]
        case "CharDelimiterSplit":
            return [.scalars(.one(try scalar(field.required("delimiter"))), .removed)]
        case "Metaspace": return [try metaspace(field)]
        case let name: throw kind.unsupported("the splitting '\(name)'")
        }
    }

    private func split(_ field: JSONField) throws -> PreTokenization {
        let pattern = try field.required("pattern")
        let isInverted = try field["invert"]?.bool() ?? false
        let behavior = try behavior(field) ?? .isolated
        let expression = try pattern["Regex"]?.string()
        guard let rule = SplitRule.allCases.first(where: { $0.pattern == expression }) else {
            return .pattern(try textPattern(pattern), behavior, isInverted: isInverted)
        }
        switch (rule, behavior, isInverted) {
        // GPT-2's pattern matches every scalar, so nothing lies between its matches.
        case (.clip, .removed, true), (.gpt2, .isolated, _), (.gpt2, .removed, true):
            return .rule(rule)
        default:
            throw try field.required("behavior")
                .unsupported("'\(behavior.rawValue)' for this pattern")
        }
    }

    private func behavior(_ field: JSONField) throws -> SplitBehavior? {
        guard let name = field["behavior"] else { return nil }
        guard let behavior = SplitBehavior(rawValue: try name.string()) else {
            throw name.unsupported("the behaviour '\(try name.string())'")
        }
        return behavior
    }

    private func scalar(_ field: JSONField) throws -> Unicode.Scalar {
        let scalars = try field.string().unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else {
            throw field.mismatch("one character")
        }
        return scalar
    }

    private func metaspace(_ field: JSONField) throws -> PreTokenization {
        let blank = try field["replacement"].map(scalar) ?? "\u{2581}"
        let prefixing: PreTokenization.Prefixing
        if let scheme = field["prepend_scheme"] {
            guard let known = PreTokenization.Prefixing(rawValue: try scheme.string()) else {
                throw scheme.unsupported("'\(try scheme.string())'")
            }
            prefixing = known
        } else {
            // Files from before 2024.
            prefixing = try field["add_prefix_space"]?.bool() ?? true ? .always : .never
        }
        return .metaspace(blank, prefixing, splits: try field["split"]?.bool() ?? true)
    }
}
