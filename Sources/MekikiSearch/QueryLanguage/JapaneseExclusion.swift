/// What Japanese words leave out: 猫以外, 文字なし, 人のいない, 犬を除く, 猫ではなく.
enum JapaneseExclusion {
    /// What was found: the things, the whole part of the text, and the end of what it takes with it.
    struct Found {
        var things: [Range<Int>]
        var range: Range<Int>
        /// Set where the words name nobody in another way: 誰もいない.
        var name: String?
    }

    private enum Form { case other, none, absent, removed, isNot, sayNobody }

    private static let markers: [Character: [(text: [Character], form: Form)]] = {
        var markers: [(String, Form)] = [
            ("以外", .other), ("なし", .none), ("ナシ", .none), ("無し", .none), ("抜き", .none),
        ]
        for particle in ["が", "の", "は", "も"] {
            for verb in [
                "いない", "居ない", "ない", "無い", "いません", "ありません", "写っていない", "写ってない",
                "写らない", "映っていない", "映ってない", "映らない", "入っていない", "入ってない", "見えない",
                "含まれない", "含まれていない", "描かれていない", "書かれていない", "付いていない", "ついていない",
            ] {
                markers.append((particle + verb, .absent))
            }
        }
        for verb in [
            "除く", "除いた", "除いて", "除外した", "除外して", "除外", "のぞく", "のぞいた", "含まない", "含まず",
            "抜いた", "着ていない", "着てない", "かけていない", "かけてない", "かぶっていない", "被っていない", "持っていない",
            "持ってない", "つけていない", "付けていない", "履いていない",
        ] {
            markers.append(("を" + verb, .removed))
        }
        for words in ["ではない", "じゃない", "でない", "ではなく", "じゃなく", "ではなくて", "じゃなくて"] {
            markers.append((words, .isNot))
        }
        for words in ["誰もいない", "だれもいない", "誰も居ない"] { markers.append((words, .sayNobody)) }
        var table: [Character: [(text: [Character], form: Form)]] = [:]
        // The longest first.
        for (text, form) in markers.sorted(by: { $0.0.count > $1.0.count }) {
            let characters = Array(text)
            if let first = characters.first { table[first, default: []].append((characters, form)) }
        }
        return table
    }()

    /// Words that make another word with なし and its like: 名無し, 洋なし (a pear), 栓抜き.
    private static let compounds: Set<String> = [
        "名", "底", "種", "袖", "宿", "能", "文", "台", "根", "意気地", "甲斐性", "間違", "問題", "文句", "異常",
        "際限", "縁", "身寄", "家", "親", "骨", "洋", "西洋", "和", "日本", "中国", "豊水", "幸水", "二十世紀",
        "長十郎", "新高", "赤", "青", "息", "手抜", "栓", "生", "毛", "引", "勝", "居", "型", "間", "釘", "虫",
        "人間違", "無", "耳", "着", "話",
    ]
    /// What is often not there without anybody looking for pictures without it: 仕方がない.
    private static let abstracts: Set<String> = [
        "仕方", "仕様", "申し訳", "訳", "問題", "関係", "意味", "数", "自信", "元気", "時間", "価値", "金", "何",
        "誰", "他", "変", "興味", "気", "限", "果", "終", "目的", "根拠", "名前", "名", "罪", "味気", "行き場", "心",
        "人気", "必要", "違和感", "隙", "隙間", "勇気", "悪気", "私", "自分", "夢",
    ]
    /// Nouns that are written in hiragana.
    private static let nouns: [[Character]] = [
        "ひと", "もじ", "ねこ", "いぬ", "めがね", "りんご", "いちご", "うさぎ", "みかん", "ぶどう", "とり", "さかな", "くるま",
        "ぼうし", "こども", "ねずみ", "ぞう", "くま", "さくら", "ひまわり", "たまご", "ろご", "うし", "うま", "さる", "きのこ", "わさび",
        "ねぎ",
    ].map(Array.init)
    private static let adjectiveEndings = [
        "しい", "きい", "さい", "るい", "かい", "たい", "い", "きな", "さな", "な",
    ].map(Array.init)
    /// What dates end with, which belong to no noun: 昨年の夏の猫以外.
    private static let timeLetters = Set("春夏秋冬年月日週末前")
    private static let reach = 20

    /// The exclusion whose marker begins at a place; `start` is the first character that is free.
    static func match(_ text: [Character], at place: Int, from start: Int, before limit: Int)
        -> Found?
    {
        for (marker, form) in markers[text[place]] ?? [] {
            let end = place + marker.count
            guard end <= limit, text[place..<end].elementsEqual(marker),
                let next = following(text, end, limit, form)
            else { continue }
            if form == .sayNobody { return Found(things: [], range: place..<next, name: "人") }
            guard let things = things(text, before: place, from: start, form),
                let first = things.first
            else { continue }
            return Found(things: things, range: first.lowerBound..<next)
        }
        return nil
    }

    /// Where the marker's own particle ends; `nil` where what follows makes another word of it.
    private static func following(_ text: [Character], _ end: Int, _ limit: Int, _ form: Form)
        -> Int?
    {
        guard end < limit, !text[end].separatesWords else { return end }
        let next = text[end]
        if next.script == .punctuation {
            return "、。，,".contains(next) ? end + 1 : end
        }
        switch form {
        case .other: return "のはでにをがも".contains(next) ? end + 1 : nil
        case .none: return "のでに".contains(next) ? end + 1 : nil
        case .absent, .sayNobody:
            let isNoun = nouns.contains { text[end..<limit].starts(with: $0) }
            return next.script == .hiragana && !isNoun ? nil : end
        case .removed, .isNot: return end
        }
    }

    /// The things right before a marker, in their order.
    private static func things(
        _ text: [Character],
        before place: Int,
        from start: Int,
        _ form: Form
    ) -> [Range<Int>]? {
        guard let nearest = noun(text, before: place, from: start) else { return nil }
        let word = String(text[nearest])
        guard !(form == .none ? compounds : abstracts).contains(word), word != "何", word != "誰"
        else { return nil }
        if form == .none, text[place] == "ナ", text[place - 1].script == .katakana { return nil }
        var things = [
            described(text, nearest, from: start, joinsNouns: form == .other || form == .removed)
        ]
        let joints: String = form == .absent ? "や・か" : "や・かと"
        while things.count < 8, let first = things.first, first.lowerBound - 1 > start,
            joints.contains(text[first.lowerBound - 1]),
            let other = noun(text, before: first.lowerBound - 1, from: start)
        {
            things.insert(described(text, other, from: start, joinsNouns: false), at: 0)
        }
        return things
    }

    /// The noun that ends at a place: kanji, katakana, letters and digits, or a known one in hiragana.
    private static func noun(_ text: [Character], before place: Int, from start: Int) -> Range<Int>?
    {
        var first = place
        loop: while first > start, place - first < reach {
            switch text[first - 1].script {
            case .kanji, .katakana, .letter, .digit: first -= 1
            case .long where first - 1 > start: first -= 1
            default: break loop
            }
        }
        if first < place { return text[first].script == .long ? nil : first..<place }
        for noun in nouns {
            let first = place - noun.count
            guard first >= start, text[first..<place].elementsEqual(noun) else { continue }
            guard
                first == start || text[first - 1].script != .hiragana
                    || "のやとが".contains(text[first - 1])
            else { continue }
            return first..<place
        }
        return nil
    }

    /// The noun with the adjective before it, and with nouns that の joins to it.
    private static func described(
        _ text: [Character],
        _ noun: Range<Int>,
        from start: Int,
        joinsNouns: Bool
    ) -> Range<Int> {
        var first = noun.lowerBound
        for _ in 0..<3 {
            if joinsNouns, first - 1 > start, text[first - 1] == "の",
                let other = self.noun(text, before: first - 1, from: start),
                !timeLetters.contains(text[first - 2])
            {
                first = other.lowerBound
                continue
            }
            guard
                let ending = adjectiveEndings.first(where: {
                    let place = first - $0.count
                    return place > start && text[place - 1].script == .kanji
                        && text[place..<first].elementsEqual($0)
                })
            else { break }
            first -= ending.count
            while first > start, text[first - 1].script == .kanji, noun.upperBound - first < reach {
                first -= 1
            }
        }
        return first..<noun.upperBound
    }
}
