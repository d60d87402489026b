import MekikiCore

/// Divides the lines of a picture into the texts that are stored.
///
/// A page of a book is several texts, each with a vector of its own: a question meets the passage that
/// answers it, where the mean of a page is about nothing.
enum OCRTexts {
    /// From this length in characters on, a text ends with its line.
    static let length = 160

    /// The texts of lines.
    ///
    /// - Parameter lines: The lines in reading order.
    /// - Returns: Texts with the key `text`, whole lines each.
    static func texts(of lines: [TextLine]) -> [ImageMetadata.TextChunk] {
        var texts: [String] = []
        for line in lines where line.text.contains(where: { !$0.isWhitespace }) {
            if let last = texts.last, last.count + line.text.count <= length {
                texts[texts.count - 1] = last + "\n" + line.text
            } else {
                texts.append(line.text)
            }
        }
        return texts.map { ImageMetadata.TextChunk(key: "text", text: $0) }
    }
}
