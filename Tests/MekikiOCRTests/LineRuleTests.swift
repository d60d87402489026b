import MekikiCore
import Testing

@testable import MekikiOCR

/// What of Tesseract's lines is text.
@Suite struct LineRuleTests {
    private func line(_ words: [(String, Double)]) -> TesseractTable.Line {
        TesseractTable.Line(
            words: words.map { TesseractTable.Word(text: $0.0, confidence: $0.1) },
            left: 10,
            top: 20,
            width: 30,
            height: 40
        )
    }

    private func text(_ words: [(String, Double)]) -> String? {
        LineRule().text(line(words), width: 100, height: 200)?.text
    }

    @Test(arguments: [
        (["吾輩", "は", "猫", "で", "ある"], "吾輩は猫である"),
        (["The", "quick", "fox"], "The quick fox"),
        (["価格", "は", "1,280", "円"], "価格は1,280円"),
        (["新宿", "Café", "Bar", "本店"], "新宿Café Bar本店"),
        ([" ", "", "Ａ", "店"], "Ａ店"),
    ])
    func wordsArePutTogetherAsPeopleWrite(_ words: [String], _ line: String) {
        #expect(LineRule.join(words) == line)
    }

    @Test func uncertainAndMeaninglessLinesAreNone() {
        #expect(text([("Exit", 90), ("12", 90)]) == "Exit 12")
        #expect(text([("Exit", 40), ("12", 40)]) == nil)
        // Short ones have to be surer.
        #expect(text([("禁止", 85)]) == "禁止")
        #expect(text([("禁止", 70)]) == nil)
        #expect(text([("a", 99)]) == nil)
        #expect(text([("|", 95), ("=)|", 95), ("ab", 95)]) == nil)
        #expect(text([("eee", 95), ("ee", 95)]) == nil)
        #expect(text([(" ", 95)]) == nil)
        #expect(text([]) == nil)
    }

    @Test func placesAreShares() throws {
        let line = try #require(
            LineRule().text(line([("Hello", 80), ("there", 100)]), width: 100, height: 200)
        )
        #expect(
            line
                == TextLine(
                    text: "Hello there",
                    confidence: 0.9,
                    x: 0.1,
                    y: 0.1,
                    width: 0.3,
                    height: 0.2
                )
        )
    }

    @Test func aTableOfAnySortIsRead() {
        let table = TesseractTable(
            """
            level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
            1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t
            5\t7\t1\t1\t1\t1\t1\t1\t1\t1\t90\tlost
            nonsense
            4\t2\t1\t1\t1\t0\t1\t2\t3\t4\t-1\t
            5\t2\t1\t1\t1\t1\t1\t2\t3\t4\t91.5\ta\tb
            5\t2\t1\t1\t1\t1\t1\t2\t3\t4\tx\tc
            5\t2\t1\t1
            """
        )
        #expect(table.pages[1] == [])
        #expect(table.pages[2]?.count == 1)
        #expect(table.pages[2]?.first?.words == [.init(text: "a\tb", confidence: 91.5)])
        #expect(table.pages[7] == nil)
    }
}

/// In which sizes and layers pictures are read.
@Suite struct ReadingPlanTests {
    private func picture(_ width: Int, _ height: Int, _ value: UInt8 = 0) -> PixelBuffer {
        PixelBuffer(
            width: width,
            height: height,
            bytes: [UInt8](repeating: value, count: 3 * width * height)
        )
    }

    private func line(_ text: String, _ confidence: Float, x: Float = 0) -> TextLine {
        TextLine(text: text, confidence: confidence, x: x, y: 0, width: 0.2, height: 0.1)
    }

    @Test func largeOnesShrinkAndSmallOnesGrow() {
        #expect(ReadingPlan.scale(picture(5200, 10)) == 0.5)
        #expect(ReadingPlan.scale(picture(1000, 900)) == 1)
        #expect(ReadingPlan.scale(picture(320, 100)) == 2)
        #expect(ReadingPlan.layerScale(picture(4000, 10)) == 0.15)
        #expect(ReadingPlan.layerScale(picture(100, 100)) == 1)
    }

    @Test func aPageNeedsNoSecondLook() {
        #expect(ReadingPlan.needsLayers([]))
        #expect(ReadingPlan.needsLayers([line("a line of only some sure letters", 0.7)]))
        #expect(!ReadingPlan.needsLayers([line("a line of twenty and more letters", 0.9)]))
    }

    @Test func theSurestLineOfAPlaceIsKept() {
        let both = ReadingPlan.merge(
            [line("wrong", 0.6), line("right", 0.9, x: 0.5)],
            [line("sure", 0.8, x: 0.01), line("unsure", 0.8, x: 0.5), line("new", 0.8, x: 0.75)]
        )
        #expect(both.map(\.text) == ["sure", "right", "new"])
    }

    @Test func scalingKeepsSurfacesAndMeans() {
        let flat = GrayPicture(picture(50, 30, 200), scale: 0.3)
        #expect(flat.width == 15 && flat.height == 9)
        #expect(flat.bytes.allSatisfy { $0 == 200 })
        #expect(GrayPicture(picture(50, 30, 200), scale: 2).bytes.allSatisfy { $0 == 200 })
        let stripes = PixelBuffer(
            width: 100,
            height: 4,
            bytes: (0..<400).flatMap { [UInt8](repeating: $0 % 2 == 0 ? 0 : 200, count: 3) }
        )
        let gray = GrayPicture(stripes, scale: 0.1)
        #expect(gray.bytes.allSatisfy { abs(Int($0) - 100) <= 10 })
    }

    @Test func layersKeepOnlyTheirInk() {
        let pixels = PixelBuffer(
            width: 3,
            height: 1,
            bytes: [10, 20, 30, 255, 250, 240, 255, 0, 0]
        )
        #expect(GrayPicture(pixels, only: .dark, scale: 1).bytes == [0, 255, 255])
        #expect(GrayPicture(pixels, only: .bright, scale: 1).bytes == [255, 0, 255])
        #expect(abs(GrayPicture(pixels, only: .dark, scale: 1).inkShare - 1 / 3) < 1e-9)
    }
}

/// Pictures that were turned before they were read.
@Suite struct TurningTests {
    private let picture = GrayPicture(
        PixelBuffer(
            width: 3,
            height: 2,
            bytes: (0..<6).flatMap { [UInt8](repeating: $0, count: 3) }
        ),
        scale: 1
    )

    @Test func turningMovesPixels() {
        #expect(picture.turned(1).bytes == [3, 0, 4, 1, 5, 2])
        #expect(picture.turned(2).bytes == [5, 4, 3, 2, 1, 0])
        #expect(picture.turned(3).bytes == [2, 5, 1, 4, 0, 3])
        #expect(picture.turned(3).width == 2 && picture.turned(3).height == 3)
    }

    /// The place of each pixel of a turned picture is the one that it had before.
    @Test(arguments: [1, 2, 3])
    func placesAreTurnedBack(_ quarters: Int) throws {
        let turned = picture.turned(quarters)
        for (index, value) in turned.bytes.enumerated() {
            let (width, height) = (Float(turned.width), Float(turned.height))
            let line = TextLine(
                text: "",
                confidence: 1,
                x: Float(index % turned.width) / width,
                y: Float(index / turned.width) / height,
                width: 1 / width,
                height: 1 / height
            ).turnedBack(quarters)
            let (x, y) = (Int((line.x * 3).rounded()), Int((line.y * 2).rounded()))
            #expect(picture.bytes[y * 3 + x] == value)
            #expect(abs(line.width - 1.0 / 3) < 1e-5 && abs(line.height - 0.5) < 1e-5)
        }
    }

    @Test func onlyMuchThatIsNoTextMayBeTurned() {
        func found(_ text: String) -> [TesseractTable.Line] {
            [
                .init(
                    words: [.init(text: text, confidence: 40)],
                    left: 0,
                    top: 0,
                    width: 1,
                    height: 1
                )
            ]
        }
        func kept(_ text: String, _ confidence: Float = 0.9) -> [TextLine] {
            [TextLine(text: text, confidence: confidence, x: 0, y: 0, width: 1, height: 1)]
        }
        #expect(ReadingPlan.mayBeTurned(found("hgfedcba"), []))
        #expect(!ReadingPlan.mayBeTurned(found("edcba"), []))
        #expect(!ReadingPlan.mayBeTurned(found("abcdefgh"), kept("abcd")))
        #expect(ReadingPlan.isBetter(kept("abcdefgh"), than: kept("abc")))
        #expect(!ReadingPlan.isBetter(kept("abcdefgh", 0.7), than: []))
        #expect(!ReadingPlan.isBetter(kept("abcdefgh"), than: kept("abcd")))
    }
}
