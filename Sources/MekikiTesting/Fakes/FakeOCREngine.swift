import MekikiCore
import Synchronization

/// Reads in the pictures of `FakeImageReader` the words that they show, one line a word.
public final class FakeOCREngine: OCREngine {
    /// What is written down with the work.
    public let version: String

    private let faulty: String?
    private let count = Atomic<Int>(0)

    /// Creates an engine.
    ///
    /// - Parameters:
    ///   - version: What is written down with the work.
    ///   - faulty: A picture that shows this word can't be read.
    public init(version: String = "fake 1", faulty: String? = nil) {
        self.version = version
        self.faulty = faulty
    }

    /// How many pictures were read.
    public var readCount: Int { count.load(ordering: .relaxed) }

    /// Reads pictures, in the order given.
    ///
    /// - Parameter pictures: Pictures made by `PixelBuffer(showing:of:)`.
    /// - Returns: For each picture its words, or a failure.
    public func read(_ pictures: [PixelBuffer]) async -> [Result<[TextLine], MekikiError>] {
        count.add(pictures.count, ordering: .relaxed)
        return pictures.map { picture in
            let words = picture.words.split(separator: " ").map(String.init)
            if let faulty, words.contains(faulty) {
                return .failure(MekikiError(.badData, "This picture can't be read."))
            }
            return .success(
                words.enumerated().map { index, word in
                    TextLine(
                        text: word,
                        confidence: 0.9,
                        x: 0,
                        y: min(1, Float(index) / 10),
                        width: 1,
                        height: 0.1
                    )
                }
            )
        }
    }
}
