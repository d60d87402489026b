import Testing

@testable import MekikiModels

@Suite struct TextCleaningTests {
    /// Expected texts are those of ftfy 6.3 and html.unescape, as open_clip calls them.
    @Test(arguments: [
        ("  a  cat \n on a\tmat ", "a cat on a mat"),
        ("Q&amp;amp;A &lt;b&gt;", "Q&A <b>"),
        ("&#39;x&#x27; &hearts; &notathing;", "'x' ♥ ¬athing;"),
        ("caf&eacute; &copy 2020 &copyright;", "café © 2020 ©right;"),
        ("“quoted” ‘too’", "\"quoted\" 'too'"),
        ("ＡＢＣ　ｶﾀｶﾅ ｶﾞ！", "ABC カタカナ ガ!"),
        ("ﬁne ﬂower", "fine flower"),
        ("e\u{301}te\u{301}", "été"),
        ("a\u{0}b\u{FEFF}c", "abc"),
        ("&", "&"), ("", ""), ("二匹の猫", "二匹の猫"),
    ])
    func textsFromWebPagesAreCleaned(_ text: String, _ expected: String) {
        #expect(TextCleaning.web.apply(to: text) == expected)
    }

    @Test(arguments: [
        ("A red bird!", "A red bird"), ("the sea -- at  night.", "the sea at night"),
        ("don't", "dont"), ("「青い」海。", "「青い」海。"), ("...", ""),
    ])
    func punctuationGoes(_ text: String, _ expected: String) {
        #expect(TextCleaning.withoutPunctuation.apply(to: text) == expected)
    }

    @Test func otherwiseNothingChanges() {
        #expect(TextCleaning.none.apply(to: " A &amp; b ") == " A &amp; b ")
    }
}
