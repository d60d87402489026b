import CMekikiKernels
import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

/// Vectors against those of the transformers library, relative to the median distance between
/// different inputs.
@Suite struct CLIPParityTests {
    static let workers = WorkerThreads(count: 2, name: "parity")

    static let precisions: [ComputePrecision] =
        ComputePrecision.hasBFloat16 ? [.float32, .bfloat16] : [.float32]

    /// float32 differs by rounding alone; bfloat16 keeps 8 of 24 bits.
    static func bound(_ precision: ComputePrecision) -> Float {
        precision == .float32 ? 0.001 : 0.05
    }

    @Test(arguments: CLIPFixture.all, precisions)
    func textVectorsEqualTransformers(
        _ fixture: CLIPFixture,
        _ precision: ComputePrecision
    ) async throws {
        let model = try CLIPModel(
            folder: ModelFolder(fixture.folder),
            name: "test",
            precision: precision,
            workers: Self.workers
        )
        let expected = try fixture.textVectors()
        let vectors = try await model.textEncoder.encode(tokens: fixture.ids())
        let scale = VectorDistance.median(Array(expected.dropLast()))
        for (vector, reference) in zip(vectors, expected) {
            let error = VectorDistance.between(vector.values, reference) / scale
            #expect(error <= Self.bound(precision))
        }
        #expect(vectors.count == expected.count)
    }

    @Test(arguments: CLIPFixture.all, precisions)
    func imageVectorsEqualTransformers(
        _ fixture: CLIPFixture,
        _ precision: ComputePrecision
    ) async throws {
        let model = try CLIPModel(
            folder: ModelFolder(fixture.folder),
            name: "test",
            precision: precision,
            workers: Self.workers
        )
        let expected = try fixture.imageVectors()
        let vectors = try await model.imageEncoder.encode(preprocessed: fixture.pictures())
        let scale = VectorDistance.median(expected)
        for (vector, reference) in zip(vectors, expected) {
            let error = VectorDistance.between(vector.values, reference) / scale
            #expect(error <= Self.bound(precision))
        }
        #expect(vectors.count == expected.count)
    }

    @Test(arguments: [MEKIKI_CPU_SCALAR, MEKIKI_CPU_AVX2, MEKIKI_CPU_AVX512, MEKIKI_CPU_NEON])
    func everyLevelOfTheKernelsGivesTheSameVectors(_ level: mekiki_cpu_level_t) async throws {
        let workers = WorkerThreads(count: 1, name: "limited")
        try await workers.run { mekiki_cpu_limit(level) }
        let fixture = CLIPFixture.named("clip_gelu")
        let model = try CLIPModel(
            folder: ModelFolder(fixture.folder),
            name: "test",
            precision: .float32,
            workers: workers
        )
        let texts = try await model.textEncoder.encode(tokens: fixture.ids())
        for (vector, reference) in zip(texts, try fixture.textVectors()) {
            #expect(VectorDistance.between(vector.values, reference) < 0.0005)
        }
        let pictures = try await model.imageEncoder.encode(preprocessed: fixture.pictures())
        for (vector, reference) in zip(pictures, try fixture.imageVectors()) {
            #expect(VectorDistance.between(vector.values, reference) < 0.0005)
        }
    }
}
