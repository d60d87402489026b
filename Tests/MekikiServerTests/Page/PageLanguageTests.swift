import Testing

@testable import MekikiServer

@Suite struct PageLanguageTests {
    @Test(arguments: [
        (nil, nil, PageLanguage.english), (nil, "ja", .japanese),
        (nil, "ja-JP,ja;q=0.9,en;q=0.8", .japanese),
        (nil, "en-US,en;q=0.9,ja;q=0.8", .english), (nil, "fr, ja;q=0.5, en;q=0.4", .japanese),
        (nil, "en;q=0.3, ja; q=0.7", .japanese), (nil, "fr", .english), (nil, "ja;q=0", .english),
        (nil, ";;,,q=", .english), ("ja", "en", .japanese), ("en", "ja", .english),
        ("xx", "ja", .japanese),
    ])
    func theChoiceThenTheBrowserDecides(
        _ chosen: String?,
        _ accepted: String?,
        _ language: PageLanguage
    ) {
        #expect(PageLanguage(chosen: chosen, accepted: accepted) == language)
    }
}
