import Testing

@testable import mekiki

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("cat", 3), ("猫", 2), ("ネコ", 4), ("ﾈｺ", 2), ("é", 1), ("e\u{301}", 1),
        ("🐱", 2), ("한글", 4), ("ａ", 2), ("a\u{200B}b", 2),
    ])
    func columnsFollowTheTerminal(_ text: String, _ columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(arguments: [("abcdef", 4, "abc…"), ("三毛猫です", 5, "三毛…"), ("abc", 3, "abc")])
    func longTextIsCutAtAColumn(_ text: String, _ columns: Int, _ expected: String) {
        #expect(DisplayWidth.cut(text, to: columns) == expected)
    }

    @Test func aCutAtTheStartKeepsTheEnd() {
        #expect(DisplayWidth.cutStart("a/long/path.png", to: 9) == "…path.png")
        #expect(DisplayWidth.cutStart("三毛猫", to: 5) == "…毛猫")
    }

    @Test func paddingCountsColumns() {
        #expect(DisplayWidth.pad("猫", to: 4) == "猫  ")
        #expect(DisplayWidth.pad("long", to: 2) == "long")
    }
}
