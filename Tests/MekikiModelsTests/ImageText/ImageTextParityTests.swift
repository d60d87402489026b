import CMekikiKernels
import Foundation
import MekikiCore
import MekikiImages
import MekikiTensor
import Testing

@testable import MekikiModels

/// Vectors against those of a reference, relative to the median distance between different inputs.
@Suite struct ImageTextParityTests {
    static let workers = WorkerThreads(count: 2, name: "parity")

    static let precisions: [ComputePrecision] =
        ComputePrecision.hasBFloat16 ? [.float32, .bfloat16] : [.float32]

    /// float32 differs by rounding alone; bfloat16 keeps 8 of 24 bits.
    static func bound(_ precision: ComputePrecision) -> Float {
        precision == .float32 ? 0.001 : 0.05
    }

    /// The largest distance, as a part of the median distance between different inputs.
    private func error(_ vectors: [Embedding], _ expected: [[Float]], scale: Float) -> Float {
        zip(vectors, expected).map { VectorDistance.between($0.values, $1) / scale }.max() ?? 0
    }

    /// For Scripts/parity.sh, which asks for the numbers.
    private func report(
        _ tower: String,
        of fixture: ModelFixture,
        _ precision: ComputePrecision,
        _ error: Float
    ) {
        guard ProcessInfo.processInfo.environment["MEKIKI_PARITY_MODELS"] != nil else { return }
        let share = (error * 100).formatted(.number.precision(.significantDigits(3)))
        let name = fixture.testDescription
        print("parity: \(name) \(tower) \(precision.rawValue) \(share) %")
    }

    @Test(arguments: ModelFixture.all, precisions)
    func textVectorsEqualTheReference(
        _ fixture: ModelFixture,
        _ precision: ComputePrecision
    ) async throws {
        let model = try fixture.open(precision, workers: Self.workers)
        let expected = try fixture.textVectors()
        let vectors = try await model.textEncoder.encode(tokens: fixture.ids())
        try #require(vectors.count == expected.count)
        let scale = VectorDistance.median(Array(expected.dropLast()))
        let error = error(vectors, expected, scale: scale)
        report("text", of: fixture, precision, error)
        #expect(error <= Self.bound(precision))
    }

    @Test(arguments: ModelFixture.all, precisions)
    func imageVectorsEqualTheReference(
        _ fixture: ModelFixture,
        _ precision: ComputePrecision
    ) async throws {
        let model = try fixture.open(precision, workers: Self.workers)
        let expected = try fixture.imageVectors()
        let vectors = try await model.imageEncoder.encode(preprocessed: fixture.pictures())
        try #require(vectors.count == expected.count)
        let error = error(vectors, expected, scale: VectorDistance.median(expected))
        report("image", of: fixture, precision, error)
        #expect(error <= Self.bound(precision))
    }

    /// The whole path of a picture: decoding, preprocessing, tower.
    @Test(arguments: ModelFixture.withPicture)
    func aPicturesFileGivesTheReferencesVector(_ fixture: ModelFixture) async throws {
        let model = try fixture.open(workers: Self.workers)
        let data = try Data(contentsOf: fixture.folder.appending(path: "picture.png"))
        let request = ImageReadRequest(
            encoderSide: model.imageEncoder.inputSide,
            thumbnailSide: nil
        )
        let picture = try #require(try VipsImageReader().read(data, request).pixels)
        let vectors = try await model.imageEncoder.encode([picture])
        let scale = VectorDistance.median(try fixture.imageVectors())
        let error = error(vectors, [try fixture.pictureVector()], scale: scale)
        // A last bit of a pixel here and there, from another order of the same steps.
        #expect(error <= 0.005)
    }

    /// The whole path of words: cleaning, tokenizer, padding.
    @Test(arguments: ModelFixture.withSentences)
    func sentencesGiveTheReferencesIDs(_ fixture: ModelFixture) throws {
        let model = try fixture.open(workers: Self.workers)
        for (sentence, ids) in try fixture.sentences() {
            #expect(try model.textEncoder.tokenize(sentence) == ids, "\(sentence)")
        }
    }

    @Test(
        arguments: [
            "clip_gelu", "open_clip_xlm_roberta", "siglip", "rinna_clip", "line_clip",
        ].map(ModelFixture.named),
        [MEKIKI_CPU_SCALAR, MEKIKI_CPU_AVX2, MEKIKI_CPU_AVX512, MEKIKI_CPU_NEON]
    )
    func everyLevelOfTheKernelsGivesTheSameVectors(
        _ fixture: ModelFixture,
        _ level: mekiki_cpu_level_t
    ) async throws {
        let workers = WorkerThreads(count: 1, name: "limited")
        try await workers.run { mekiki_cpu_limit(level) }
        let model = try fixture.open(workers: workers)
        let texts = try await model.textEncoder.encode(tokens: fixture.ids())
        for (vector, reference) in zip(texts, try fixture.textVectors()) {
            #expect(VectorDistance.between(vector.values, reference) < 0.0005)
        }
        let pictures = try await model.imageEncoder.encode(preprocessed: fixture.pictures())
        for (vector, reference) in zip(pictures, try fixture.imageVectors()) {
            #expect(VectorDistance.between(vector.values, reference) < 0.0005)
        }
    }

    @Test(arguments: ModelFixture.committed)
    func vectorsDoNotDependOnTheBatch(_ fixture: ModelFixture) async throws {
        let model = try fixture.open(workers: Self.workers)
        let ids = try fixture.ids()
        let texts = (0..<23).map { ids[$0 % ids.count] }
        let together = try await model.textEncoder.encode(tokens: texts)
        for (index, text) in ids.enumerated() {
            let alone = try await model.textEncoder.encode(tokens: [text])
            #expect(VectorDistance.between(together[index].values, alone[0].values) < 1e-5)
        }
        let pictures = try fixture.pictures()
        let many = (0..<17).map { pictures[$0 % pictures.count] }
        let vectors = try await model.imageEncoder.encode(preprocessed: many)
        for (index, vector) in vectors.enumerated() {
            let first = vectors[index % pictures.count]
            #expect(VectorDistance.between(vector.values, first.values) < 1e-5)
        }
    }
}
