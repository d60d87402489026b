import Testing

@testable import MekikiTokenizers

@Suite("Tokens within text")
struct AddedTokensTests {
    private func token(_ id: Int32, _ content: String) -> AddedTokens.Token {
        AddedTokens.Token(id: id, content: Array(content.unicodeScalars))
    }

    private func parts(_ tokens: [AddedTokens.Token], _ text: String) -> [AddedTokens.Part] {
        AddedTokens(tokens).parts(of: Array(text.unicodeScalars))
    }

    @Test("Text is divided at tokens")
    func divides() {
        let tokens = [token(1, "<a>"), token(2, "<b>")]
        #expect(parts(tokens, "x<a>yz<b>") == [.text(0..<1), .token(1), .text(4..<6), .token(2)])
        #expect(parts(tokens, "<a><a>") == [.token(1), .token(1)])
        #expect(parts(tokens, "<a") == [.text(0..<2)])
        #expect(parts(tokens, "") == [])
    }

    @Test("The longest of several wins")
    func longest() {
        #expect(parts([token(1, "<a"), token(2, "<a>")], "<a><a") == [.token(2), .token(1)])
    }

    @Test("A token takes the blanks that it may")
    func strips() {
        var both = token(1, "<a>")
        both.stripsLeft = true
        both.stripsRight = true
        #expect(parts([both], "x  <a> \ty") == [.text(0..<1), .token(1), .text(8..<9)])
        #expect(parts([both], " <a> <a> ") == [.token(1), .token(1)])
    }

    @Test("Normalised tokens are looked for in their normalised form")
    func normalized() {
        let tokens = AddedTokens([token(1, "<A>")], [.lowercased])
        #expect(tokens.parts(of: Array("<a><A>".unicodeScalars)) == [.token(1), .text(3..<6)])
    }

    @Test("An empty token matches nowhere")
    func empty() {
        #expect(parts([token(1, "")], "ab") == [.text(0..<2)])
    }
}
