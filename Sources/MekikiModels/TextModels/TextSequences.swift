import MekikiCore

/// What towers that read texts of any length side by side do with them.
enum TextSequences {
    /// The rows of each text when they lie one after the other.
    static func ranges(of texts: [[Int32]]) -> [Range<Int>] {
        var row = 0
        return texts.map { text in
            defer { row += text.count }
            return row..<row + text.count
        }
    }

    /// Refuses what would not fit a tower's tables.
    static func check(_ texts: [[Int32]], longest: Int, vocabularySize: Int) throws {
        let known = 0..<Int32(clamping: vocabularySize)
        for text in texts {
            guard !text.isEmpty else {
                throw MekikiError(.badData, "A text without tokens has no vector.")
            }
            guard text.count <= longest else {
                throw MekikiError(
                    .badData,
                    "A text of \(text.count) tokens is longer than this model's \(longest)."
                )
            }
            for id in text where !known.contains(id) {
                throw MekikiError(
                    .badData,
                    "The tokenizer gave the token \(id), and the model knows \(vocabularySize). "
                        + "Their files belong to different models: fetch them again."
                )
            }
        }
    }

    /// Two texts of nothing in particular, to see whether weights tell them apart.
    static func selfTestInputs(vocabularySize: Int, longest: Int) -> [[Int32]] {
        let largest = Int32(clamping: vocabularySize - 1)
        return [largest / 2, largest / 3].map {
            [Int32](repeating: $0, count: min(3, longest))
        }
    }
}
