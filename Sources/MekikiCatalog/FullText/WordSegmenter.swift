import CMecabLibrary
import Foundation
import Synchronization

/// Finds the words in Japanese text with MeCab, whose dictionary the system has.
///
/// They only order: what matches is decided by pairs of characters, because a dictionary's words lose half
/// of what people look for (猫 within 三毛猫).
final class WordSegmenter: Sendable {
    /// The segmenter of this process; `nil` where no dictionary is installed.
    static let shared = WordSegmenter()

    private struct Tagger: @unchecked Sendable {
        // Only ever used under the lock.
        var pointer: OpaquePointer
    }

    private let tagger: Mutex<Tagger>

    private init?() {
        guard let pointer = mecab_new2("-Owakati") else { return nil }
        // A dictionary in another encoding would take the text's bytes for other characters.
        let charset = mecab_dictionary_info(pointer)?.pointee.charset.map { String(cString: $0) }
        guard let charset, ["utf-8", "utf8"].contains(charset.lowercased()) else {
            mecab_destroy(pointer)
            return nil
        }
        tagger = Mutex(Tagger(pointer: pointer))
    }

    deinit { tagger.withLock { mecab_destroy($0.pointer) } }

    /// The words of a text.
    ///
    /// - Parameter text: A text without line breaks.
    /// - Returns: The words in their order, as they stand in the text.
    func words(of text: String) -> [String] {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                tagger.withLock { tagger in
                    var words: [String] = []
                    var node = mecab_sparse_tonode2(tagger.pointer, text.baseAddress, text.count)
                    while let word = node?.pointee {
                        if let surface = word.surface, word.length > 0 {
                            let bytes = UnsafeRawBufferPointer(
                                start: surface,
                                count: Int(word.length)
                            )
                            words.append(String(decoding: bytes, as: UTF8.self))
                        }
                        node = UnsafePointer(word.next)
                    }
                    return words
                }
            }
        }
    }

    /// The words of two or more characters without spaces between them, folded as tokens are.
    ///
    /// MeCab knows words as they are written, kana included, so texts are divided first and folded then.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The words, each once, in their order.
    func orderingWords(of text: String) -> [String] {
        var known: Set<String> = []
        return text.split(whereSeparator: \.isNewline).flatMap { words(of: String($0)) }
            .compactMap { word in
                let tokens = TextTokenizer.tokens(of: word)
                let runs = TextTokenizer.runs(in: tokens)
                guard runs.count == 1, tokens.allSatisfy(\.isUnspaced), tokens.count > 1,
                    known.insert(runs[0]).inserted
                else { return nil }
                return runs[0]
            }
    }
}
