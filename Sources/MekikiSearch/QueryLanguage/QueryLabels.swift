import MekikiCore

/// What chips say, in Japanese and in English.
enum QueryLabels {
    /// The kind and the labels of an element; `nil` for words.
    static func label(_ content: QueryElement.Content) -> (QueryChip.Kind, String, String)? {
        switch content {
        case .words: return nil
        case .phrase(let words): return (.phrase, "「\(words)」", "“\(words)”")
        case .prefix(let stem): return (.prefix, "「\(stem)」で始まる", "beginning with “\(stem)”")
        case .excluded(let name, _, _): return (.exclusion, "\(name)を除く", "without \(name)")
        case .condition(let condition):
            return (
                condition.isNatural ? .date : .filter, text(condition, isJapanese: true),
                text(condition, isJapanese: false)
            )
        case .anyText(let choices):
            let names = choices.map { choice in
                switch choice {
                case .words(let words, _): words
                default: QueryElement.text(of: choice)
                }
            }
            return (
                .alternative, names.joined(separator: "または"), names.joined(separator: " or ")
            )
        case .anyCondition(let choices):
            return (
                .alternative,
                choices.map { text($0, isJapanese: true) }.joined(separator: "または"),
                choices.map { text($0, isJapanese: false) }.joined(separator: " or ")
            )
        }
    }

    private static func text(_ condition: QueryElement.Condition, isJapanese: Bool) -> String {
        let name = names[condition.field] ?? (condition.field.rawValue, condition.field.rawValue)
        let value: String
        switch condition.statement {
        case .period(let period): value = bounds(period.text, isJapanese)
        case .value(.equals(let text)), .value(.contains(let text)): value = text
        case .value(let relation):
            let spelled = FilterValue(condition: FilterCondition(condition.field, relation)).text
            value = bounds(String(spelled.drop { $0 != ":" }.dropFirst()), isJapanese)
        }
        if isJapanese {
            return "\(name.japanese): \(value)" + (condition.isExcluded ? "を除く" : "")
        }
        return (condition.isExcluded ? "not " : "") + "\(name.english): \(value)"
    }

    private static func bounds(_ text: String, _ isJapanese: Bool) -> String {
        guard let range = text.firstRange(of: "..") else { return text }
        let first = text[..<range.lowerBound]
        let last = text[range.upperBound...]
        if first == last { return String(first) }
        if isJapanese { return "\(first)〜\(last)" }
        if first.isEmpty { return "until \(last)" }
        return last.isEmpty ? "since \(first)" : "\(first) to \(last)"
    }

    private static let names: [FilterField: (japanese: String, english: String)] = [
        .seed: ("シード", "seed"), .steps: ("ステップ数", "steps"), .cfg: ("CFGスケール", "CFG scale"),
        .model: ("モデル", "model"), .lora: ("LoRA", "LoRA"), .sampler: ("サンプラー", "sampler"),
        .generator: ("生成ソフト", "generator"), .camera: ("カメラ", "camera"), .lens: ("レンズ", "lens"),
        .taken: ("撮影", "taken"), .added: ("追加", "added"), .type: ("種類", "type"),
        .width: ("幅", "width"), .height: ("高さ", "height"), .folder: ("フォルダー", "folder"),
        .name: ("ファイル名", "file name"), .tag: ("タグ", "tag"), .rating: ("評価", "rating"),
        .has: ("あり", "has"), .id: ("番号", "number"),
    ]
}
