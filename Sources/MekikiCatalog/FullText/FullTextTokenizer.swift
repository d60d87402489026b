import Foundation
import GRDB

/// The tokenizer of the full-text table, for SQLite.
///
/// Beside the tokens that match, a text that is indexed gets MeCab's words, each in the place where it
/// begins and with ``wordMark`` before it. In a query every quoted text is one token already.
final class FullTextTokenizer: FTS5CustomTokenizer {
    static let name = "mekiki"

    /// What stands before a word that only orders; no token that matches begins so.
    static let wordMark = "\u{1}"

    /// SQLite's `FTS5_TOKEN_COLOCATED`: in the place of the token before.
    private static let colocated: CInt = 1

    init(db: Database, arguments: [String]) throws {}

    func tokenize(
        context: UnsafeMutableRawPointer?,
        tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?,
        nText: CInt,
        tokenCallback: FTS5TokenCallback
    ) -> CInt {
        let bytes = UnsafeRawBufferPointer(start: pText, count: Int(nText))
        let text = String(decoding: bytes, as: UTF8.self)
        func send(_ token: String, isColocated: Bool = false) -> CInt {
            var token = token
            return token.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    tokenCallback(
                        context,
                        isColocated ? Self.colocated : 0,
                        characters.baseAddress,
                        CInt(characters.count),
                        0,
                        nText
                    )
                }
            }
        }
        if tokenization.contains(.query) { return send(text) }
        let tokens = TextTokenizer.tokens(of: text)
        let words = Self.words(in: tokens)
        for (index, token) in tokens.enumerated() {
            let code = send(token.text)
            guard code == 0 else { return code }
            if let word = words[index] {
                let code = send(Self.wordMark + word, isColocated: true)
                guard code == 0 else { return code }
            }
        }
        return 0
    }

    /// MeCab's words of two or more characters, by the number of the token where they begin.
    static func words(in tokens: [TextToken]) -> [Int: String] {
        guard let segmenter = WordSegmenter.shared else { return [:] }
        var words: [Int: String] = [:]
        for run in TextTokenizer.runs(in: tokens) {
            for word in segmenter.words(of: run.text) {
                words[run.first + word.start] = word.text
            }
        }
        return words
    }
}
