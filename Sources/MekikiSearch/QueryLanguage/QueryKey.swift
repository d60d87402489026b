import Foundation
import MekikiCore

/// What stands before the colon.
enum QueryKey: Hashable {
    /// A filter's field.
    case field(FilterField)
    /// Words in which nothing is to be understood.
    case words

    /// The key of a name in either language, upper or lower case.
    init?(_ name: String) {
        let folded = name.precomposedStringWithCompatibilityMapping.lowercased()
        guard let key = Self.names[folded] else { return nil }
        self = key
    }

    /// The nearest known name; `nil` where none is alike.
    static func nearest(to name: String) -> String? {
        let name = Array(name.precomposedStringWithCompatibilityMapping.lowercased())
        let allowed = name.count <= 3 ? 1 : 2
        var best: (name: String, distance: Int)?
        // In the order of the alphabet, so that the same slip gets the same hint.
        for known in names.keys.sorted() {
            let letters = Array(known)
            guard letters.count > 1, abs(letters.count - name.count) <= allowed else { continue }
            let distance = editDistance(name, letters)
            if distance <= min(allowed, letters.count - 1, name.count - 1),
                distance < best?.distance ?? .max
            {
                best = (known, distance)
            }
        }
        return best?.name
    }

    /// Every name with its key; the first of a field is its raw value.
    static let names: [String: QueryKey] = {
        var names: [String: QueryKey] = [:]
        for (field, others) in aliases {
            for name in [field.rawValue] + others { names[name] = .field(field) }
        }
        for name in ["words", "言葉", "ことば"] { names[name] = .words }
        return names
    }()

    /// The other names of each field, in lower case.
    static let aliases: [(field: FilterField, names: [String])] = [
        (.seed, ["シード", "シード値"]),
        (.steps, ["step", "ステップ", "ステップ数"]),
        (.cfg, ["guidance", "cfgスケール", "ガイダンス"]),
        (.model, ["checkpoint", "モデル"]),
        (.lora, ["ローラ"]),
        (.sampler, ["サンプラー", "サンプラ"]),
        (.generator, ["software", "生成", "生成器", "ソフト"]),
        (.camera, ["カメラ"]),
        (.lens, ["レンズ"]),
        (.taken, ["date", "撮影", "撮影日", "撮影日時", "日付", "日時"]),
        (.added, ["追加", "追加日", "登録", "登録日"]),
        (.type, ["format", "ext", "種類", "形式", "拡張子"]),
        (.width, ["幅", "横", "横幅"]),
        (.height, ["高さ", "縦"]),
        (.folder, ["path", "dir", "フォルダー", "フォルダ"]),
        (.name, ["file", "filename", "名前", "ファイル", "ファイル名"]),
        (.tag, ["label", "タグ", "ラベル"]),
        (.rating, ["stars", "評価", "星"]),
        (.has, ["あり", "有り"]),
        (.id, ["番号"]),
    ]

    /// Insertions, removals, replacements and swapped neighbours from one name to another; both are
    /// short.
    private static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
        var row = Array(0...second.count)
        var earlier = row
        for (i, a) in first.enumerated() {
            let last = row
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in second.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                if i > 0, j > 0, a == second[j - 1], first[i - 1] == b {
                    row[j + 1] = min(row[j + 1], earlier[j - 1] + 1)
                }
                diagonal = above
            }
            earlier = last
        }
        return row[second.count]
    }
}
