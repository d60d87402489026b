import Foundation
import MekikiCore
import MekikiImages
import Testing

/// A picture made by Fixtures/make_images.py, with its pixels as Pillow shows them.
struct Fixture: Codable, CustomTestStringConvertible {
    let name: String
    let width: Int
    let height: Int
    /// Shape `[height, width, 3]`.
    let pixels: Data
    /// The mean absolute difference that is allowed, in levels of 255.
    let tolerance: Double
    /// The difference that is allowed of a single sample, where it is more than rounding.
    let furthest: Int?

    var testDescription: String { name }

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// Every small picture.
    static let all: [Fixture] = {
        do {
            let file = folder.appendingPathComponent("expected.json")
            return try JSONDecoder().decode([Fixture].self, from: Data(contentsOf: file))
        } catch {
            fatalError("Fixtures/expected.json can't be read: \(error)")
        }
    }()

    /// The bytes of a picture by name.
    static func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent("images/\(name)"))
    }

    /// The whole picture, not reduced.
    static func whole(_ data: Data) throws -> PixelBuffer {
        let reading = try VipsImageReader().read(
            data,
            ImageReadRequest(encoderSide: 10_000, thumbnailSide: nil)
        )
        return try #require(reading.pixels)
    }
}

/// The mean absolute difference of samples, in levels of 255; infinite where the counts differ.
func meanDifference(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Double {
    guard a.count == b.count, !a.isEmpty else { return .infinity }
    return zip(a, b).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.count)
}

/// The code and the sentence of the `MekikiError` that a piece of work throws.
func failure(_ work: () throws -> some Any) -> MekikiError? {
    do {
        _ = try work()
        return nil
    } catch {
        return error as? MekikiError
    }
}

extension ImageReading {
    /// Width and height.
    var sides: [Int] { [width, height] }
}

extension PixelBuffer {
    /// Width and height.
    var sides: [Int] { [width, height] }
}
