import MekikiSearch
import Testing

@Suite struct WrittenLanguageTests {
    @Test(arguments: [
        ("夜の海", WrittenLanguage.japanese), ("宇宙", .japanese), ("ﾈｺ", .japanese),
        ("カメラとcamera in the bag", .japanese), ("a cat", .english), ("château", .english),
        ("Ｃａｔ", .english), ("", .english), ("12", .english), ("🐈", .english),
        ("고양이", .korean), ("кошка", .other), ("γάτα", .other),
        ("東京 Tokyo", .english), ("東京都庁舎 HQ", .japanese),
    ])
    func lettersTell(_ text: String, _ language: WrittenLanguage) {
        #expect(WrittenLanguage(of: text) == language)
    }
}
