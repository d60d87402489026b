import Foundation
import Testing

@testable import MekikiModels

/// Results of Pillow and transformers; `make_preprocessing.py` beside them made them.
enum PreprocessingFixtures {
    /// A resize by Pillow.
    struct Resize: Decodable, Sendable, CustomTestStringConvertible {
        let width: Int
        let height: Int
        let kind: SyntheticPicture
        let toWidth: Int
        let toHeight: Int
        let resample: Int
        let sha256: String
        /// The samples of small results.
        let samples: Data?

        var testDescription: String {
            "\(kind) \(width)x\(height) -> \(toWidth)x\(toHeight), filter \(resample)"
        }
    }

    /// A picture prepared by transformers.
    struct Preparation: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let settings: JSONValue
        let width: Int
        let height: Int
        let reducedWidth: Int?
        let reducedHeight: Int?
        let kind: SyntheticPicture
        let shape: [Int]
        let sha256: String
        /// Positions within the flat result, and the values there.
        let probes: [[Double]]

        var testDescription: String { "\(name): \(kind) \(width)x\(height)" }
    }

    static let resizes: [Resize] = read("resize.json")
    static let preparations: [Preparation] = read("preprocess.json")

    private static func read<Entry: Decodable>(_ name: String) -> [Entry] {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/Preprocessing")
        do {
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            return try JSONDecoder().decode([Entry].self, from: data)
        } catch {
            fatalError("The fixture \(name) can't be read: \(error)")
        }
    }
}
