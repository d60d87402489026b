import CMekikiKernels
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

/// Vectors against those of sentence-transformers, relative to the median distance between different
/// texts.
@Suite struct TextEncoderParityTests {
    static let workers = WorkerThreads(count: 2, name: "parity")

    private func encoder(
        _ fixture: TextModelFixture,
        _ precision: ComputePrecision = .float32,
        workers: WorkerThreads = Self.workers
    ) throws -> TransformerTextEncoder {
        try TransformerTextEncoder(
            folder: TextModelFolder(fixture.folder),
            name: "test",
            precision: precision,
            workers: workers
        )
    }

    @Test(arguments: TextModelFixture.encoders, TextModelFixture.precisions)
    func vectorsEqualTheReference(
        _ fixture: TextModelFixture,
        _ precision: ComputePrecision
    ) async throws {
        let encoder = try encoder(fixture, precision)
        let expected = try fixture.encoded()
        for (use, wanted) in [
            (TextUse.query, expected.queries), (TextUse.document, expected.documents),
        ] {
            let vectors = try await encoder.encode(expected.texts, as: use)
            let scale = VectorDistance.median(wanted)
            #expect(vectors.count == wanted.count)
            for (vector, reference) in zip(vectors, wanted) {
                let error = VectorDistance.between(vector.values, reference) / scale
                #expect(error <= ImageTextParityTests.bound(precision))
            }
            #expect(encoder.space.dimension == wanted[0].count)
        }
    }

    @Test(arguments: TextModelFixture.encoders)
    func idsEqualTheReference(_ fixture: TextModelFixture) throws {
        let encoder = try encoder(fixture)
        let expected = try fixture.encoded()
        for (text, ids) in zip(expected.texts, expected.ids) {
            #expect(try encoder.tokenize(text) == ids)
        }
    }

    @Test(arguments: [MEKIKI_CPU_SCALAR, MEKIKI_CPU_AVX2, MEKIKI_CPU_AVX512, MEKIKI_CPU_NEON])
    func everyLevelOfTheKernelsGivesTheSameVectors(_ level: mekiki_cpu_level_t) async throws {
        let workers = WorkerThreads(count: 1, name: "limited")
        try await workers.run { mekiki_cpu_limit(level) }
        for name in ["text_bert_mean", "text_modernbert_v4"] {
            let fixture = TextModelFixture.named(name)
            let expected = try fixture.encoded()
            let vectors = try await encoder(fixture, workers: workers).encode(expected.texts)
            for (vector, reference) in zip(vectors, expected.queries) {
                #expect(VectorDistance.between(vector.values, reference) < 0.0005)
            }
        }
    }

    @Test(arguments: TextModelFixture.encoders)
    func aTextsVectorDoesNotDependOnItsCompany(_ fixture: TextModelFixture) async throws {
        let encoder = try encoder(fixture)
        let texts = try fixture.encoded().texts
        // Enough for pieces of their own for each thread, and some that they share.
        let many = Array(repeating: texts, count: 9).joined() + texts.prefix(4)
        let together = try await encoder.encode(Array(many))
        #expect(together.count == many.count)
        for (index, text) in texts.enumerated() {
            let alone = try await encoder.encode([text])
            for copy in stride(from: index, to: together.count, by: texts.count) {
                #expect(VectorDistance.between(alone[0].values, together[copy].values) < 1e-4)
            }
        }
    }

    @Test func withoutTextsThereAreNoVectors() async throws {
        let encoder = try encoder(.named("text_bert_mean"))
        #expect(try await encoder.encode([], as: .document).isEmpty)
    }
}
