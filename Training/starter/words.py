"""Words that the CLDR does not give: everyday synonyms, backgrounds, colours, shapes.

Newcomers type short bare words. CLDR names are precise ("cat face"), so the words that people actually type
are mapped to every glyph they fairly describe.
"""

from __future__ import annotations

# English words | Japanese words | glyph ids
_EVERYDAY = """
cat,kitty,kitten|猫,ねこ,ネコ,子猫|1f431 1f408 1f408-200d-2b1b 1f63a
dog,puppy,doggy|犬,いぬ,イヌ,子犬,わんこ|1f436 1f415 1f429 1f415-200d-1f9ba 1f9ae
flower,flowers,blossom|花,はな,お花|1f33c 1f33b 1f337 1f339 1f33a 1f338 1f490
car,automobile|車,くるま,自動車|1f697 1f698 1f699 1f3ce
house,home|家,いえ,おうち|1f3e0 1f3e1 1f3da
tree,trees|木,き,樹木|1f333 1f332 1f334 1f384
bird,birds|鳥,とり,小鳥|1f426 1f424 1f425 1f423 1f54a 1f985 1f99c
fish|魚,さかな,お魚|1f41f 1f420 1f421 1f3a3
horse|馬,うま,ウマ|1f434 1f40e 1f3c7
cow,ox,cattle|牛,うし,ウシ|1f42e 1f404 1f402
pig|豚,ぶた,ブタ|1f437 1f416 1f43d
rabbit,bunny|兎,うさぎ,ウサギ|1f430 1f407
bear|熊,くま,クマ|1f43b 1f43b-200d-2744
mouse|鼠,ねずみ,ネズミ|1f42d 1f401
monkey|猿,さる,サル|1f435 1f412 1f648 1f649 1f64a
tiger|虎,とら,トラ|1f42f 1f405
lion|ライオン|1f981
elephant|象,ぞう,ゾウ|1f418
snake|蛇,へび,ヘビ|1f40d
turtle,tortoise|亀,かめ,カメ|1f422
frog|蛙,かえる,カエル|1f438
chicken,hen,rooster|鶏,にわとり,ニワトリ|1f414 1f413
chick|ひよこ,ヒヨコ|1f424 1f425 1f423
penguin|ペンギン|1f427
whale|鯨,くじら,クジラ|1f433 1f40b
dolphin|イルカ,いるか|1f42c
octopus|蛸,たこ,タコ|1f419
crab|蟹,かに,カニ|1f980
shark|鮫,さめ,サメ|1f988
insect,bug|虫,むし,昆虫|1f41b 1f41c 1f41d 1f41e 1f997 1fab2 1f98b 1f577
butterfly|蝶,ちょうちょ,チョウ|1f98b
bee|蜂,はち,ハチ|1f41d
ant|蟻,あり,アリ|1f41c
spider|蜘蛛,くも,クモ|1f577
snail|かたつむり,カタツムリ|1f40c
panda|パンダ|1f43c
fox|狐,きつね,キツネ|1f98a
wolf|狼,おおかみ,オオカミ|1f43a
sheep|羊,ひつじ,ヒツジ|1f411 1f40f
goat|山羊,やぎ,ヤギ|1f410
giraffe|キリン,きりん|1f992
apple|林檎,りんご,リンゴ|1f34e 1f34f
orange,mandarin|みかん,ミカン,オレンジ|1f34a
banana|バナナ|1f34c
grape,grapes|葡萄,ぶどう,ブドウ|1f347
strawberry|苺,いちご,イチゴ|1f353
peach|桃,もも,モモ|1f351
cherry,cherries|さくらんぼ,サクランボ|1f352
watermelon|西瓜,すいか,スイカ|1f349
lemon|レモン|1f34b
fruit|果物,くだもの,フルーツ|1f34e 1f34f 1f34a 1f34c 1f347 1f353 1f351 1f352 1f349 1f34b 1f350 1f34d 1f348 1f96d 1f95d
vegetable,vegetables|野菜,やさい|1f955 1f345 1f346 1f966 1f96c 1f952 1f33d 1f954
bread|パン|1f35e 1f950 1f956 1f96f
cake|ケーキ|1f370 1f382 1f9c1
coffee|コーヒー,珈琲|2615
tea|お茶|1f375 2615 1fad6
beer|ビール|1f37a 1f37b
wine|ワイン|1f377
rice|ご飯,ごはん,米|1f35a 1f359 1f33e
noodles,ramen|ラーメン,麺|1f35c
sushi|寿司,すし,お寿司|1f363
egg|卵,たまご,タマゴ|1f95a 1f373
meat|肉,お肉|1f356 1f357 1f969
ice cream|アイスクリーム,アイス|1f368 1f366
candy,sweets|お菓子,飴|1f36c 1f36d 1f36b 1f36a
food|食べ物,料理|1f354 1f355 1f35c 1f363 1f35d 1f35b 1f371
star,stars|星,ほし|2b50 1f31f 1f320
moon|月,つき,お月様|1f319 1f315 1f31b 1f31c 1f31d 1f316
sun|太陽,たいよう,お日様|2600 1f31e
cloud,clouds|雲,くも|2601 26c5 1f325
rain,rainy|雨,あめ|1f327 2614 2602
snow,snowflake|雪,ゆき|2744 2603 26c4 1f328
snowman|雪だるま|2603 26c4
fire,flame|火,炎|1f525
water,water drop|水,みず,水滴|1f4a7 1f4a6 1f6b0
mountain,mountains|山,やま|26f0 1f3d4 1f5fb
sea,ocean,waves|海,うみ,波|1f30a 1f3d6
heart,love|ハート,愛|2764 1f495 1f496 1f497 1f49b 1f49a 1f499 1f49c
train|電車,列車,でんしゃ|1f683 1f686 1f682 1f684 1f685 1f688 1f687
bullet train|新幹線|1f684 1f685
bus|バス|1f68c 1f68d 1f68e
bicycle,bike|自転車,じてんしゃ|1f6b2 1f6b4
motorcycle,motorbike|バイク,オートバイ|1f3cd 1f6f5
airplane,plane|飛行機,ひこうき|2708 1f6e9 1f6eb 1f6ec
ship,boat|船,ふね|1f6a2 26f4 26f5 1f6a4 1f6f3
rocket,space rocket|ロケット|1f680
helicopter|ヘリコプター|1f681
truck|トラック|1f69a 1f69b
taxi|タクシー|1f695 1f696
police car|パトカー|1f693 1f694
fire engine,fire truck|消防車|1f692
ambulance|救急車|1f691
clock,watch|時計,とけい|23f0 231a 1f570 1f550
phone,telephone|電話,でんわ|260e 1f4de 1f4f1
smartphone,mobile phone|スマホ,携帯電話|1f4f1 1f4f2
computer,laptop,pc|パソコン,コンピューター|1f4bb 1f5a5
camera|カメラ|1f4f7 1f4f8
television,tv|テレビ|1f4fa
book,books|本,ほん|1f4d6 1f4d5 1f4d7 1f4d8 1f4d9 1f4da
pencil,pen|鉛筆,ペン|270f 1f58a 1f58b
scissors|はさみ,ハサミ|2702
umbrella|傘,かさ|2602 2614 1f302 26f1
glasses|眼鏡,めがね,メガネ|1f453
hat|帽子,ぼうし|1f452 1f3a9 1f9e2
shoe,shoes|靴,くつ|1f45e 1f45f 1f460 1f462
bag|鞄,かばん,バッグ|1f45c 1f392 1f45b 1f4bc
clothes|服,洋服|1f455 1f457 1f454 1f9e5
ball|ボール|26bd 1f3c0 1f3c8 1f3be 1f3d0 26be
soccer,football|サッカー|26bd
baseball|野球|26be
basketball|バスケットボール,バスケ|1f3c0
tennis|テニス|1f3be
guitar|ギター|1f3b8
piano|ピアノ|1f3b9
music,musical note|音楽,音符|1f3b5 1f3b6 1f3bc
key|鍵,かぎ|1f511 1f5dd
money|お金,おかね|1f4b0 1f4b5 1f4b4 1fa99
present,gift|プレゼント,贈り物|1f381
balloon|風船,ふうせん|1f388
ghost|お化け,おばけ,幽霊|1f47b
robot|ロボット|1f916
skull|髑髏,ドクロ,がいこつ|1f480 2620
baby|赤ちゃん|1f476 1f37c
man|男の人,男性|1f468 1f9d4
woman|女の人,女性|1f469
boy|男の子|1f466
girl|女の子|1f467
grandfather,old man|おじいさん|1f474
grandmother,old woman|おばあさん|1f475
doctor|医者,お医者さん|1f468-200d-2695 1f469-200d-2695 1f9d1-200d-2695
police officer,policeman|警察官,お巡りさん|1f46e 1f46e-200d-2642 1f46e-200d-2640
smile,smiley,happy face|笑顔,にこにこ|1f600 1f603 1f604 1f60a 1f642
crying,crying face,sad|泣き顔,泣いている|1f622 1f62d
angry,angry face|怒った顔,怒り|1f620 1f621
sleeping|寝ている,眠い|1f634 1f62a
hand|手,て|270b 1f590 1f44b
eye,eyes|目,め|1f441 1f440
ear|耳,みみ|1f442
nose|鼻,はな|1f443
mouth|口,くち|1f444
foot|足,あし|1f9b6 1f463
school|学校,がっこう|1f3eb
hospital|病院|1f3e5
castle|城,お城|1f3f0 1f3ef
church|教会|26ea
tower|塔,タワー|1f5fc
shrine|神社,鳥居|26e9
mt fuji,fuji|富士山|1f5fb
cherry blossoms,sakura|桜,さくら|1f338
sunflower|ひまわり,ヒマワリ|1f33b
rose|薔薇,バラ|1f339
tulip|チューリップ|1f337
leaf,leaves|葉,葉っぱ|1f343 1f341 1f342 1f33f
autumn leaves,maple|紅葉,もみじ|1f341
mushroom|きのこ,キノコ|1f344
cactus|サボテン|1f335
rainbow|虹,にじ|1f308
lightning,thunder|雷,稲妻|26a1 1f329
volcano|火山|1f30b
earth,globe|地球|1f30d 1f30e 1f30f
dragon|竜,龍,ドラゴン|1f409 1f432
dinosaur|恐竜|1f995 1f996
unicorn|ユニコーン|1f984
christmas tree|クリスマスツリー|1f384
santa|サンタ,サンタクロース|1f385
pumpkin,halloween|かぼちゃ,ハロウィン|1f383
fireworks|花火|1f386 1f387
sword|剣,刀|2694 1f5e1
crown|王冠|1f451
ring|指輪|1f48d
diamond,jewel,gem|宝石,ダイヤモンド|1f48e
chair|椅子,いす|1fa91
bed|ベッド|1f6cf 1f6cc
door|ドア,扉|1f6aa
toilet|トイレ|1f6bd 1f6bb
bath|お風呂|1f6c1 2668
hot spring|温泉|2668
letter,mail|手紙,メール|2709 1f4e7 1f48c 1f4e9
lamp,light bulb|電球,明かり|1f4a1
candle|ろうそく|1f56f
trophy|トロフィー|1f3c6
medal|メダル|1f3c5 1f947
dice|サイコロ|1f3b2
doll,dolls|人形,ひな人形|1f38e 1fa86
tooth|歯|1f9b7
bone|骨|1f9b4
animal|動物,どうぶつ|1f431 1f436 1f42d 1f43b 1f43c 1f42f 1f981 1f42e 1f437 1f438 1f435 1f418
vehicle|乗り物,のりもの|1f697 1f68c 1f683 1f6b2 2708 1f6a2 1f69a
building|建物,ビル|1f3e2 1f3e5 1f3e6 1f3e8 1f3eb 1f3ec
"""


def everyday() -> dict[str, tuple[list[str], list[str]]]:
    """Glyph id -> (Japanese words, English words) beyond what CLDR gives."""
    table: dict[str, tuple[list[str], list[str]]] = {}
    for line in _EVERYDAY.strip().splitlines():
        english, japanese, ids = line.split("|")
        for glyph in ids.split():
            ja, en = table.setdefault(glyph, ([], []))
            ja += [w for w in japanese.split(",") if w not in ja]
            en += [w for w in english.split(",") if w not in en]
    return table


# key: (Japanese nouns, Japanese modifiers, English nouns, English modifiers)
_BACKGROUNDS = """
night_sky|夜空,星空,夜の空,星がきれいな夜空|夜空の,夜の,星空の下の,夜空に|night sky,starry sky,a starry night,stars at night|in the night sky,at night,under the stars,under a starry sky
sky|青空,空,晴れた空,青い空と白い雲|青空の,空の,晴れた空の下の,空に|blue sky,sky,sky with clouds,a clear sky|in the sky,under a blue sky,in the blue sky
sea|海,青い海,海原,波のある海|海の,海辺の,海に浮かぶ,海と|sea,ocean,blue sea,the open sea|by the sea,at sea,on the water,in the ocean
night_sea|夜の海,月夜の海,暗い海|夜の海の,夜の海に|sea at night,night sea,dark ocean|on the sea at night,by the sea at night
beach|砂浜,海辺,海岸,ビーチ,浜辺|砂浜の,海辺の,ビーチの,浜辺の|beach,sandy beach,seaside,shore|on the beach,at the beach,at the seaside,on the sand
snow|雪景色,雪,雪原,雪の日,冬の景色|雪の中の,雪の,雪景色の,雪の日の|snow,snowy field,snowy day,winter landscape,snowfall|in the snow,on the snow,on a snowy day
grass|草原,草,野原,芝生,緑の野原|草原の,野原の,芝生の上の,草の上の|grass,meadow,field,green field,lawn|on the grass,in a field,in the meadow,on the lawn
desert|砂漠,砂丘|砂漠の,砂丘の|desert,sand dunes|in the desert,on the dunes
mountain|山,山並み,山の景色,山々|山の,山の前の,山にいる|mountains,mountain landscape,mountain view|in the mountains,in front of mountains
snow_mountain|雪山,雪の積もった山,冬の山|雪山の|snowy mountains,snow-capped mountains|in the snowy mountains,in front of snowy mountains
sunset|夕焼け,夕日,夕暮れ,夕焼け空,朝焼け|夕焼けの,夕暮れの,夕日の|sunset,dusk,evening sky,sunset sky|at sunset,at dusk,in the evening
city|街,町,都会,街並み,ビル街|街の,街中の,都会の,町の|city,town,city skyline,buildings|in the city,in town,in front of buildings
night_city|夜景,夜の街,夜の都会,夜の町|夜の街の,夜景の,夜の町の|city at night,night city,city lights|in the city at night,at night in the city
room|部屋,室内,部屋の中|部屋の,室内の,部屋の中の|room,interior,a room with a floor|in a room,indoors,inside a room
road|道,道路,一本道|道の,道路の,路上の|road,street,highway|on the road,on the street
rain|雨,雨の日,雨降り|雨の中の,雨の,雨の日の|rain,rainy day,rainy weather|in the rain,on a rainy day
fog|霧,もや,霧の景色|霧の中の,霧の|fog,mist,foggy day|in the fog,in the mist
underwater|水中,海の中,海底|水中の,海の中の,海底の|underwater,under the sea,bottom of the sea|underwater,under the sea
forest|森,林,森の中|森の,森の中の,林の|forest,woods|in the forest,in the woods
space|宇宙,宇宙空間,銀河|宇宙の,宇宙空間の|space,outer space,galaxy|in space,in outer space
paper|紙,古い紙,ノート|紙の上の,紙に描いた|paper,old paper,notebook paper|on paper,on a sheet of paper
wood|木目,木の板,木の机|木目の上の,木の板の上の|wood,wooden board,wood grain|on wood,on a wooden table
brick|レンガ,煉瓦の壁,レンガの壁|レンガの壁の前の|bricks,brick wall|in front of a brick wall,on a brick wall
stripes|縞模様,しましま,ストライプ,縞|縞模様の,しましまの,ストライプの背景の|stripes,striped pattern,striped background|on stripes,on a striped background
checks|市松模様,チェック柄,格子模様|市松模様の,チェックの背景の|checkered pattern,checks,checkerboard|on a checkered background,on checks
dots|水玉,水玉模様,ドット柄|水玉の,水玉模様の|polka dots,dots,dotted pattern|on polka dots,on a dotted background
gradient|グラデーション|グラデーションの|gradient,color gradient|on a gradient
"""

# colour: (rgb, Japanese "X-i/no", Japanese noun, English)
COLOURS: dict[str, tuple[tuple[int, int, int], str, str, str]] = {
    "red": ((220, 40, 40), "赤い", "赤", "red"),
    "blue": ((40, 80, 220), "青い", "青", "blue"),
    "green": ((40, 160, 60), "緑の", "緑", "green"),
    "yellow": ((245, 215, 40), "黄色い", "黄色", "yellow"),
    "orange": ((245, 140, 30), "オレンジ色の", "オレンジ", "orange"),
    "purple": ((130, 50, 180), "紫の", "紫", "purple"),
    "pink": ((250, 140, 185), "ピンクの", "ピンク", "pink"),
    "brown": ((125, 75, 40), "茶色い", "茶色", "brown"),
    "white": ((248, 248, 248), "白い", "白", "white"),
    "black": ((20, 20, 20), "黒い", "黒", "black"),
    "grey": ((135, 135, 135), "灰色の", "灰色", "gray"),
    "light_blue": ((120, 200, 250), "水色の", "水色", "light blue"),
}

SHAPES: dict[str, tuple[list[str], list[str]]] = {
    "circle": (["丸", "円", "まる"], ["circle", "round shape"]),
    "square": (["四角", "正方形", "四角形"], ["square", "box"]),
    "triangle": (["三角", "三角形"], ["triangle"]),
    "star": (["星", "星形"], ["star", "star shape"]),
    "diamond": (["ひし形"], ["diamond shape", "rhombus"]),
    "cross": (["十字", "バツ"], ["cross"]),
    "ring": (["輪", "輪っか"], ["ring"]),
    "hexagon": (["六角形"], ["hexagon"]),
}

BACKGROUNDS: dict[str, tuple[list[str], list[str], list[str], list[str]]] = {}
for _line in _BACKGROUNDS.strip().splitlines():
    _key, *_parts = _line.split("|")
    BACKGROUNDS[_key] = tuple(part.split(",") for part in _parts)  # type: ignore[assignment]
for _key, (_, _adjective, _noun, _english) in COLOURS.items():
    BACKGROUNDS[f"plain_{_key}"] = (
        [f"{_adjective}背景", f"{_noun}の背景", f"{_noun}一色"],
        [f"{_adjective}背景の", f"{_noun}の背景の"],
        [f"{_english} background", f"plain {_english} background"],
        [f"on a {_english} background", f"on {_english}"],
    )
BACKGROUND_KEYS: list[str] = list(BACKGROUNDS)
SHAPE_KEYS: list[tuple[str, str]] = [(colour, shape) for colour in COLOURS for shape in SHAPES]
