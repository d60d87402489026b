import Foundation
import GRDB

/// The tokenizer of the full-text table, for SQLite.
///
/// A column holds texts, and behind ``wordsStart`` the words that only order, as they were found when it
/// was written. So the same column always gives the same tokens, whatever dictionary a machine has: SQLite
/// takes a row out by dividing its columns again. In a query every quoted text is one token already.
final class FullTextTokenizer: FTS5CustomTokenizer {
    static let name = "mekiki"

    /// What stands before a word that only orders; no token that matches begins so.
    static let wordMark = "\u{1}"

    /// What stands between the texts of a column and its words, which have spaces between them.
    static let wordsStart: Character = "\u{2}"

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
        func send(_ token: String) -> CInt {
            var token = token
            return token.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    tokenCallback(
                        context,
                        0,
                        characters.baseAddress,
                        CInt(characters.count),
                        0,
                        nText
                    )
                }
            }
        }
        if tokenization.contains(.query) { return send(text) }
        let parts = text.split(
            separator: Self.wordsStart,
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        for token in TextTokenizer.tokens(of: String(parts[0])) {
            let code = send(token.text)
            guard code == 0 else { return code }
        }
        guard parts.count > 1 else { return 0 }
        // No phrase goes from the texts into the words.
        for word in [TextTokenizer.division] + parts[1].split(separator: " ").map(String.init) {
            let code = send(word == TextTokenizer.division ? word : Self.wordMark + word)
            guard code == 0 else { return code }
        }
        return 0
    }
}
