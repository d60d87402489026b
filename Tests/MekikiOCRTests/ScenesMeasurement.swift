import Foundation
import MekikiCore
import MekikiImages
import Testing

@testable import MekikiOCR

/// Reads a folder of pictures when one is named, and prints what was found and how long it took.
@Suite struct ScenesMeasurement {
    private static let folder = ProcessInfo.processInfo.environment["MEKIKI_OCR_PICTURES"]

    @Test(.enabled(if: folder != nil, "MEKIKI_OCR_PICTURES names no folder"))
    func measure() async throws {
        let folder = URL(filePath: try #require(Self.folder))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let request = ImageReadRequest(encoderSide: 1000, thumbnailSide: nil)
        var pictures: [(name: String, pixels: PixelBuffer)] = []
        for name in names {
            let data = try Data(contentsOf: folder.appending(path: name))
            guard let pixels = try? VipsImageReader().read(data, request).pixels else { continue }
            pictures.append((name, pixels))
        }
        let engine = TesseractEngine(try TesseractInstallation())
        let start = ContinuousClock.now
        let results = try await engine.read(pictures.map(\.pixels))
        let duration = (ContinuousClock.now - start) / pictures.count
        for (picture, result) in zip(pictures, results) {
            print(picture.name, try result.get().map { "\($0.text) (\($0.confidence))" })
        }
        print("\(pictures.count) pictures, \(duration) each, by \(engine.version)")
        #expect(results.count == pictures.count)
    }
}
