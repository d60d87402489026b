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
        tagger = Mutex(Tagger(pointer: pointer))
    }

    deinit { tagger.withLock { mecab_destroy($0.pointer) } }

    /// The words of a text.
    ///
    /// - Parameter text: A text without line breaks.
    /// - Returns: The words with the number of Unicode scalars before each.
    func words(of text: String) -> [(text: String, start: Int)] {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                tagger.withLock { tagger in
                    var words: [(text: String, start: Int)] = []
                    var node = mecab_sparse_tonode2(tagger.pointer, text.baseAddress, text.count)
                    var start = 0
                    while let word = node?.pointee {
                        if let surface = word.surface, word.length > 0 {
                            let bytes = UnsafeRawBufferPointer(
                                start: surface,
                                count: Int(word.length)
                            )
                            let text = String(decoding: bytes, as: UTF8.self)
                            words.append((text, start))
                            start += text.unicodeScalars.count
                        }
                        node = UnsafePointer(word.next)
                    }
                    return words
                }
            }
        }
    }
}
