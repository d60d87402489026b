/// What an image is compared with besides the query, to see what a cosine of it means.
///
/// Everyday things, places, doings and moods from far apart, as people would search for them, half in
/// Japanese and half in English. They are part of what relevance means: other words make other bands, so
/// `version` changes with them.
enum BackgroundWords {
    /// Names the set, for vectors of it that are kept.
    static let version = "1"

    static let all = [
        "犬", "赤い花", "山の写真", "机の上の本", "走る子ども", "雪", "料理", "古い町並み", "車", "海",
        "青い鳥", "電車の駅", "笑う人", "夜の空", "果物", "建物の窓", "森の中", "楽器", "雨の日", "地図",
        "文字の書かれた紙", "祭り", "橋", "靴", "魚", "時計", "丸い図形", "コンピューター", "赤ちゃん", "畑",
        "飛行機", "椅子", "a cat", "yellow flowers", "a river", "a cup of coffee", "people dancing",
        "a desert", "bread", "a castle", "a bicycle", "a beach at sunset", "an insect", "a ship",
        "a portrait of a woman", "the moon", "vegetables", "a door", "a city street", "a guitar",
        "fog",
        "a chart with numbers", "a page of text", "a birthday party", "stairs", "a hat", "a horse",
        "a telephone", "a green square", "a robot", "a family", "a football match", "a lamp",
        "an abstract pattern",
    ]
}
