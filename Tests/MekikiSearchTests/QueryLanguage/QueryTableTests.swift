import Foundation
import Testing

/// What each query means, in its one spelling; asked on 1 December 2026.
@Suite struct QueryTableTests {
    private static let table = #"""
        海辺で夕日を見ている犬の写真 → 海辺で夕日を見ている犬の写真
        猫以外 → -猫
        猫以外の動物 → -猫 動物
        公園で犬以外 → 公園 -犬
        猫と犬以外の動物 → -猫 -犬 動物
        それ以外 → それ以外
        関係者以外立入禁止 → 関係者以外立入禁止
        人なし → -人
        文字なしの看板 → -文字 看板
        名無し → 名無し
        なしのケーキ → なしのケーキ
        手なし → -手
        おもてなし → おもてなし
        洋なし → 洋なし
        はなし → はなし
        何もない部屋 → 何もない部屋
        誰もいない海 → -人 海
        人がいない海 → -人 海
        人のいない海 → -人 海
        文字のない看板 → -文字 看板
        仕方がない → 仕方がない
        赤い車のない道 → -赤い車 道
        人や車のない道 → -人 -車 道
        犬を除く → -犬
        犬を含まない写真 → -犬 写真
        眼鏡をかけていない人 → -眼鏡 人
        猫ではなく犬 → -猫 犬
        息抜き → 息抜き
        わさび抜きの寿司 → -わさび 寿司
        たぬき → たぬき
        人無し → -人
        背景なし → -背景
        りんごなし → -りんご
        a beach without people → a beach -people
        a street with no cars and no people → a street -cars -people
        no text → -text
        no smoking sign → no smoking sign
        no smoking → no smoking
        nothing → nothing
        without a doubt → without a doubt
        animals except cats → animals -cats
        pets but not dogs → pets -dogs
        last but not least → last but not least
        rebel without a cause → rebel without a cause
        without people or cars in the background → -people -cars in the background
        no one → no one
        no 5 → no 5
        everything but cats → -cats
        昨年の夏の犬 → taken:2025-06-01..2025-08-31 犬
        去年 → taken:2025-01-01..2025-12-31
        先月の海 → taken:2026-11-01..2026-11-30 海
        今年の春 → taken:2026-03-01..2026-05-31
        3年前 → taken:2023-01-01..2023-12-31
        先週末 → taken:2026-11-28..2026-11-29
        2023年8月に撮った花火 → taken:2023-08-01..2023-08-31 花火
        令和6年6月 → taken:2024-06-01..2024-06-30
        last summer → taken:2026-06-01..2026-08-31
        beach last summer → beach taken:2026-06-01..2026-08-31
        in 2021 → taken:2021-01-01..2021-12-31
        dogs in 2021 at the beach → dogs taken:2021-01-01..2021-12-31 at the beach
        yesterday → taken:2026-11-30..2026-11-30
        June 2023 → taken:2023-06-01..2023-06-30
        cats June 2023 → cats taken:2023-06-01..2023-06-30
        今日は → 今日は
        2024年カレンダー → 2024年カレンダー
        1年生 → 1年生
        2020年以降の猫 → taken:2020-01-01.. 猫
        2020年から2022年 → taken:2020-01-01..2022-12-31
        昨年の夏休み → taken:2025-01-01..2025-12-31 夏休み
        3日前 → taken:2026-11-28..2026-11-28
        last week → taken:2026-11-23..2026-11-29
        3 years ago → taken:2023-01-01..2023-12-31
        from 2020 to 2022 → taken:2020-01-01..2022-12-31
        2021 → 2021
        steps:>20 → steps:>20
        steps:20..30 → steps:20..30
        width:>=1024 → width:>=1024
        cfg:7 → cfg:7
        cfg:7.5 → cfg:7.5
        taken:2024-06..08 → taken:2024-06-01..2024-08-31
        taken:2024 → taken:2024-01-01..2024-12-31
        taken:昨年の夏 → taken:2025-06-01..2025-08-31
        taken:"last summer" → taken:2026-06-01..2026-08-31
        seed:123 → seed:123
        steps:abc → steps:abc
        taken:2024-13 → taken:2024-13
        stpes:20 → stpes:20
        撮影：２０２４ → taken:2024-01-01..2024-12-31
        ステップ：＞２０ → steps:>20
        フォルダー:"旅行 2024" → folder:"旅行 2024"
        カメラ:Canon → camera:Canon
        -猫 → -猫
        -"赤い 車" → -"赤い 車"
        -steps:20 → -steps:20
        -steps:abc → -steps:abc
        猫 OR 犬 → 猫 OR 犬
        猫または犬 → 猫 OR 犬
        猫|犬 海 → 猫 OR 犬 海
        type:png OR type:jpg → type:png OR type:jpeg
        猫 OR type:png → 猫 type:png
        cam* → cam*
        -cam* → -cam*
        "three cats" → "three cats"
        「夕日の海」の写真 → "夕日の海" の写真
        http://example.com/a → http://example.com/a
        12:30 → 12:30
        C:\pics → C:\pics
        https://a.b OR c → https://a.b OR c
        👨‍👩‍👧 family → 👨‍👩‍👧 family
        (masterpiece:1.2), best quality → (masterpiece:1.2), best quality
        a "b → words:"a ""b"
        steps: 20 → steps: 20
        steps>20 → steps:>20
        words:"no smoking" → words:"no smoking"
        added:2024-06-01 → added:2024-06-01..2024-06-01
        has:文字 → has:text
        type:jpg → type:jpeg
        model:=sdxl → model:=sdxl
        食べ物と飲み物 → 食べ物と飲み物
        打ち上げ花火 → 打ち上げ花火
        赤い車 → 赤い車
        走る犬 → 走る犬
        りんごとみかん → りんごとみかん
        東京タワーの夜景 → 東京タワーの夜景
        3匹の猫 → 3匹の猫
        君の名は → 君の名は
        静かな海 → 静かな海
        a photo of a dog watching the sunset → a photo of a dog watching the sunset
        猫　OR　犬　OR　鳥 → 猫 OR 犬 OR 鳥
        type:png OR type:webp -tag:人 → type:png OR type:webp -tag:人
        a OR → a
        OR → words:"OR"
        | a → a
        - → -
        -- → --
        -- a → -- a
        -－ → -－
        ： → ：
        : → :
        :a → :a
        a: → a:
        犬: → 犬:
        "" → 
        「」 → 
        "a""b" → "a""b"
        “red car” -「青い 車」 → "red car" -"青い 車"
        撮影:2024年6月 → taken:2024-06-01..2024-06-30
        撮影:令和5年 → taken:2023-01-01..2023-12-31
        taken:>=2024-06-15 → taken:2024-06-15..
        taken:<2024 → taken:..2023-12-31
        taken:2024-02-30 → taken:2024-02-30
        taken:2024-06-30T18:05 → taken:2024-06-30T18:05:00..2024-06-30T18:05:59
        taken:2024/06/30 → taken:2024-06-30..2024-06-30
        taken:..2020 → taken:..2020-12-31
        taken:2020.. → taken:2020-01-01..
        taken:2024-06-01..15 → taken:2024-06-01..2024-06-15
        taken:2024-08..06 → taken:2024-08..06
        taken:yesterday → taken:2026-11-30..2026-11-30
        taken:先週 → taken:2026-11-23..2026-11-29
        date:2024 → taken:2024-01-01..2024-12-31
        幅:1024以上 → width:>=1024
        高さ:512未満 → height:<512
        width:1024px → width:1024
        steps:20-30 → steps:20..30
        steps:30..20 → steps:30..20
        steps:<=20 → steps:<=20
        steps:≥20 → steps:>=20
        rating:5 → rating:5
        評価:4以上 → rating:>=4
        id:12 → id:12
        seed:-1 → seed:-1
        seed:12a → seed:12a
        seed:18446744073709551615 → seed:18446744073709551615
        type:psd → type:psd
        has:captions → has:captions
        has:プロンプト → has:prompt
        タグ:猫 → tag:猫
        tag:"black cat" → tag:"black cat"
        camera:"Canon EOS R5" → camera:"Canon EOS R5"
        lens:「50mm F1.8」 → lens:"50mm F1.8"
        model:sdxl_v1.0.safetensors → model:sdxl_v1.0.safetensors
        lora:detail → lora:detail
        sampler:"DPM++ 2M" → sampler:"DPM++ 2M"
        generator:ComfyUI → generator:ComfyUI
        folder:2024/旅行 → folder:"2024/旅行"
        folder:"C:\pics\" → folder:"C:\pics\"
        name:IMG_1234.jpg → name:IMG_1234.jpg
        sampler:"Euler a" steps:>20 夕焼けの海 -人 → sampler:"Euler a" steps:>20 夕焼けの海 -人
        Re:ゼロ → Re:ゼロ
        mailto:a@b.c → mailto:a@b.c
        samplr:euler → samplr:euler
        カメ:Canon → カメ:Canon
        ftp://x → ftp://x
        file:///etc/passwd → file:///etc/passwd
        ratio 16:9 → ratio 16:9
        12:30に撮った → 12:30に撮った
        猫 - → 猫 -
        猫 --犬 → 猫 --犬
        a -b -c → a -b -c
        non-stop → non-stop
        猫* → 猫*
        * → *
        a*b → a*b
        ** → **
        文字のないりんご → -文字 りんご
        底なし沼 → 底なし沼
        種なしぶどう → 種なしぶどう
        袖なしの服 → 袖なしの服
        西洋なし → 西洋なし
        話なし → 話なし
        問題なし → 問題なし
        人物抜き → -人物
        栓抜き → 栓抜き
        眼鏡なしの男 → -眼鏡 男
        テキストなし、人なしの風景 → -テキスト -人 風景
        人がいない、静かな海 → -人 静かな海
        猫が写っていない写真 → -猫 写真
        人の写っていない街 → -人 街
        車が見えない道 → -車 道
        帽子をかぶっていない子供 → -帽子 子供
        スーツを着ていない人 → -スーツ 人
        猫じゃない動物 → -猫 動物
        これじゃない → これじゃない
        夢じゃない → 夢じゃない
        終わりのない道 → 終わりのない道
        意味がない → 意味がない
        金がない → 金がない
        何以外 → 何以外
        動物（猫以外） → 動物（ -猫 ）
        海辺の猫以外 → -海辺の猫
        黒い犬以外の犬 → -黒い犬 犬
        red carなし → red -car
        without people, sunset → -people sunset
        without cats and dogs → -cats -dogs
        without a cat and a dog → -cat and a dog
        flowers other than roses → flowers -roses
        fruit excluding apples → fruit -apples
        food apart from sushi → food -sushi
        animals with no tail → animals -tail
        no man's land → no man's land
        no u-turn sign → no u-turn sign
        no dogs sign → no dogs sign
        dr no → dr no
        yes no maybe → yes no maybe
        say no to drugs → say no to drugs
        no country for old men → no country for old men
        no problem → no problem
        no longer → no longer
        anything but cats → -cats
        cats but no dogs → cats -dogs
        excluding → excluding
        without → without
        no → no
        except when → except when
        no watermark, no logo → -watermark -logo
        Without People → -People
        the last supper → the last supper
        last year of school → last year of school
        yesterday once more → taken:2026-11-30..2026-11-30 once more
        cats yesterday → cats taken:2026-11-30..2026-11-30
        in 1984 style → taken:1984-01-01..1984-12-31 style
        summer 2022 → taken:2022-06-01..2022-08-31
        summer of 2022 → taken:2022-06-01..2022-08-31
        in the summer of 2022 → taken:2022-06-01..2022-08-31
        May 2023 → taken:2023-05-01..2023-05-31
        may 2023 be good → taken:2023-05-01..2023-05-31 be good
        5 June 2023 → taken:2023-06-05..2023-06-05
        June 5, 2023 → taken:2023-06-05..2023-06-05
        last june → taken:2026-06-01..2026-06-30
        last monday → taken:2026-11-30..2026-11-30
        last weekend → taken:2026-11-28..2026-11-29
        this year → taken:2026-01-01..2026-12-31
        this month → taken:2026-12-01..2026-12-31
        two weeks ago → taken:2026-11-16..2026-11-22
        since 2020 → taken:2020-01-01..
        before 2020 → taken:..2019-12-31
        after 2020 → taken:2021-01-01..
        between 2020 and 2022 → taken:2020-01-01..2022-12-31
        photos from last summer → photos taken:2026-06-01..2026-08-31
        photos taken yesterday → photos taken:2026-11-30..2026-11-30
        last summer dress → taken:2026-06-01..2026-08-31 dress
        in 12345 → in 12345
        in Paris → in Paris
        fall colors → fall colors
        fall 2023 → taken:2023-09-01..2023-11-30
        昨日の夕飯 → taken:2026-11-30..2026-11-30 夕飯
        きのうの空 → taken:2026-11-30..2026-11-30 空
        きょうと → きょうと
        今日の料理 → taken:2026-12-01..2026-12-01 料理
        一昨年の冬 → taken:2024-12-01..2025-02-28
        おととしの花見 → taken:2024-01-01..2024-12-31 花見
        今週の猫 → taken:2026-11-30..2026-12-06 猫
        先週の土曜日 → taken:2026-11-28..2026-11-28
        先週の週末の写真 → taken:2026-11-28..2026-11-29 写真
        ２０２３年８月の花火 → taken:2023-08-01..2023-08-31 花火
        三年前の桜 → taken:2023-01-01..2023-12-31 桜
        3ヶ月前の写真 → taken:2026-09-01..2026-09-30 写真
        2週間前 → taken:2026-11-16..2026-11-22
        10日前 → taken:2026-11-21..2026-11-21
        昭和64年 → taken:1989-01-01..1989-12-31
        平成元年 → taken:1989-01-01..1989-12-31
        令和0年 → 令和0年
        2023年13月 → 2023年13月
        2019年以前の写真 → taken:..2019-12-31 写真
        2020年より前 → taken:..2019-12-31
        昨年から → taken:2025-01-01..
        花火 昨年の夏 → 花火 taken:2025-06-01..2025-08-31
        海 2023年8月 → 海 taken:2023-08-01..2023-08-31
        犬と去年 → 犬と去年
        昨年の夏に海で泳ぐ犬 → taken:2025-06-01..2025-08-31 海で泳ぐ犬
        昨年の夏の猫以外 → taken:2025-06-01..2025-08-31 -猫
        last summer without people → taken:2026-06-01..2026-08-31 -people
        dogs last summer -cats steps:>10 → dogs taken:2026-06-01..2026-08-31 -cats steps:>10
        1girl, masterpiece, best quality, blue sky, long hair, smile → 1girl, masterpiece, best quality, blue sky, long hair, smile
        cat dog bird → cat dog bird
        桜の咲く公園で弁当を食べる家族 → 桜の咲く公園で弁当を食べる家族
        夜の街を歩く黒い猫の絵 → 夜の街を歩く黒い猫の絵
        ひまわり畑とこども → ひまわり畑とこども
        消しゴムとノート → 消しゴムとノート
        お祭りの屋台 → お祭りの屋台
        占い師 → 占い師
        三毛猫 → 三毛猫
        窓辺で眠る三毛猫の写真 → 窓辺で眠る三毛猫の写真
        AI生成の画像 → AI生成の画像
        2024年 → taken:2024-01-01..2024-12-31
        ﾈｺ以外 → -ﾈｺ
        👩‍🚀なし → 👩‍🚀なし
        -👩‍🚀 → -👩‍🚀
        猫\u200b犬 → 猫\u200b犬
        "猫" OR 犬* OR "鳥" → "猫" OR 犬* OR "鳥"
        (猫 OR 犬) 海 → (猫 OR 犬) 海
        a || b → a OR b
        steps:10 OR steps:20 → steps:10 OR steps:20
        -type:png OR -type:gif → -type:png OR -type:gif
        words:猫 犬 → words:"猫" 犬
        -words:"a b" → -"a b"
        言葉:猫以外 → words:"猫以外"
        """#

    private static let rows = table.split(separator: "\n").map { line in
        let sides = line.components(separatedBy: " →")
        return (sides[0], String(sides[sides.count - 1].drop { $0 == " " }))
    }

    @Test func thereAreEnoughRows() { #expect(Self.rows.count >= 300) }

    @Test(arguments: rows)
    func means(_ input: String, _ meaning: String) {
        #expect(QuerySample.meaning(input) == meaning)
    }
}
