import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite("Preparing pictures as transformers does it")
struct ImagePreprocessorTests {
    @Test("Every value equals transformers'", arguments: PreprocessingFixtures.preparations)
    func equalsTransformers(_ expected: PreprocessingFixtures.Preparation) throws {
        let preprocessor = try PreprocessorFolder.with(expected.settings.description) {
            try ImagePreprocessor(folder: $0)
        }
        #expect([3, preprocessor.outputHeight, preprocessor.outputWidth] == expected.shape)
        let picture = expected.kind.make(
            width: expected.reducedWidth ?? expected.width,
            height: expected.reducedHeight ?? expected.height,
            originalWidth: expected.width,
            originalHeight: expected.height
        )
        let values = preprocessor.prepare(picture)
        for probe in expected.probes {
            #expect(abs(Double(values[Int(probe[0])]) - probe[1]) <= 1e-6)
        }
        let bytes = values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
        #expect(ContentHash(of: bytes).description == expected.sha256)
    }

    @Test("A place in a batch receives the same values")
    func writesIntoBatch() throws {
        let preprocessor = try PreprocessorFolder.with(#"{"size": 16, "crop_size": 12}"#) {
            try ImagePreprocessor(folder: $0)
        }
        let picture = SyntheticPicture.blend.make(width: 50, height: 40)
        let count = 3 * 12 * 12
        var batch = [Float](repeating: .nan, count: count * 3)
        batch.withUnsafeMutableBufferPointer { batch in
            let place = UnsafeMutableBufferPointer(rebasing: batch[count..<(2 * count)])
            preprocessor.prepare(picture, into: place)
        }
        #expect(Array(batch[count..<(2 * count)]) == preprocessor.prepare(picture))
        #expect(batch[..<count].allSatisfy { $0.isNaN })
        #expect(batch[(2 * count)...].allSatisfy { $0.isNaN })
    }

    @Test("Several threads may share one preprocessor")
    func isShared() async throws {
        let preprocessor = try PreprocessorFolder.with(#"{"size": 32, "crop_size": 32}"#) {
            try ImagePreprocessor(folder: $0)
        }
        let picture = SyntheticPicture.noise.make(width: 90, height: 70)
        let expected = preprocessor.prepare(picture)
        let results = await withTaskGroup(of: [Float].self) { group in
            for _ in 0..<8 { group.addTask { preprocessor.prepare(picture) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 8)
        #expect(results.allSatisfy { $0 == expected })
    }

    @Test(
        "Readers are told the size before the crop",
        arguments: [
            (#"{}"#, 224), (#"{"size": 256}"#, 256),
            (#"{"size": {"height": 30, "width": 40}, "do_center_crop": false}"#, 40),
            (#"{"size": {"shortest_edge": 50, "longest_edge": 90}}"#, 50),
            (#"{"do_resize": false}"#, 65_535),
        ]
    )
    func inputSide(_ settings: String, _ side: Int) throws {
        let preprocessor = try PreprocessorFolder.with(settings) {
            try ImagePreprocessor(folder: $0)
        }
        #expect(preprocessor.inputSide == side)
    }

    @Test("A strip of 30,000 pixels takes no more room than its crop")
    func strip() throws {
        let preprocessor = try PreprocessorFolder.with("{}") { try ImagePreprocessor(folder: $0) }
        for (width, height) in [(1, 30_000), (30_000, 1)] {
            let picture = PixelBuffer(
                width: width,
                height: height,
                bytes: Array(repeating: 128, count: width * height * 3)
            )
            let values = preprocessor.prepare(picture)
            #expect(values.count == 3 * 224 * 224)
            // An even picture stays even.
            #expect(Set(values).count == 3)
        }
    }
}
