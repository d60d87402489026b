import Foundation
import MekikiCore
import MekikiTensor
import MekikiTesting
import Testing

@testable import MekikiModels

/// Models whose weights are a checkpoint of PyTorch's.
@Suite struct PyTorchWeightsTests {
    /// Writes the weights of a folder as `torch.save` would, and removes the others.
    private func convert(_ model: TemporaryModel) throws {
        let file = try Safetensors(contentsOf: model.url("model.safetensors"))
        let storages: [StoredElement: String] = [
            .float32: "FloatStorage", .float16: "HalfStorage", .int64: "LongStorage",
        ]
        var tensors: [(String, PickledTensor)] = []
        var files: [StoredArchiveWriter.File] = []
        for (name, entry) in file.entries {
            let key = String(tensors.count)
            let storage = try #require(storages[entry.element])
            tensors.append((name, PickledTensor(storage, key: key, shape: entry.shape)))
            files.append(.init("pytorch_model/data/\(key)", Array(file.bytes(of: entry))))
        }
        let pickle = PickleWriter.dictionary(tensors)
        files.insert(.init("pytorch_model/data.pkl", pickle), at: 0)
        try Data(StoredArchiveWriter(files).bytes()).write(to: model.url("pytorch_model.bin"))
        try model.remove("model.safetensors")
    }

    @Test(arguments: ["clip_gelu", "clip_quick_gelu_f16"])
    func theyGiveTheSameVectors(_ name: String) async throws {
        let fixture = ModelFixture.named(name)
        try await TemporaryModel.with(fixture) { model in
            try convert(model)
            let clip = try ImageTextModel(
                folder: ModelFolder(model.folder),
                name: "a/b",
                precision: .float32,
                workers: ImageTextModelTests.workers
            )
            let texts = try await clip.textEncoder.encode(tokens: fixture.ids())
            for (vector, expected) in zip(texts, try fixture.textVectors()) {
                #expect(VectorDistance.between(vector.values, expected) < 0.001)
            }
            let images = try await clip.imageEncoder.encode(preprocessed: fixture.pictures())
            for (vector, expected) in zip(images, try fixture.imageVectors()) {
                #expect(VectorDistance.between(vector.values, expected) < 0.001)
            }
        }
    }

    @Test func theirLengthIsTheModels() async throws {
        try await TemporaryModel.with(.named("clip_gelu")) { model in
            try convert(model)
            let length = try Data(contentsOf: model.url("pytorch_model.bin")).count
            #expect(try ModelFolder(model.folder).weightBytes == length)
            // A file that is not read does not count.
            try Data("other".utf8).write(to: model.url("open_clip_pytorch_model.bin"))
            #expect(try ModelFolder(model.folder).weightBytes == length)
        }
    }

    @Test func theRevisionFollowsTheFileThatIsRead() async throws {
        try await TemporaryModel.with(.named("clip_gelu")) { model in
            let original = try ModelFolder(model.folder).revision()
            try convert(model)
            let converted = try ModelFolder(model.folder).revision()
            #expect(converted != original)
            var data = try Data(contentsOf: model.url("pytorch_model.bin"))
            data[data.count / 2] ^= 1
            try data.write(to: model.url("pytorch_model.bin"))
            #expect(try ModelFolder(model.folder).revision() != converted)
        }
    }

    /// Of a long file, samples count: its list of files, and numbers from its first to its last.
    @Test func aLongFileIsSampled() async throws {
        try await TemporaryModel.with(.named("clip_gelu")) { model in
            try model.remove("model.safetensors")
            let url = model.url("pytorch_model.bin")
            var data = Data(repeating: 1, count: 2_000_000)
            func revision(changing place: Int) throws -> String {
                data[place] ^= 1
                defer { data[place] ^= 1 }
                try data.write(to: url)
                return try ModelFolder(model.folder).revision()
            }
            try data.write(to: url)
            let whole = try ModelFolder(model.folder).revision()
            #expect(try revision(changing: 0) != whole)
            #expect(try revision(changing: 1_900_000) != whole)
            #expect(try revision(changing: 1_999_999) != whole)
            #expect(try revision(changing: 10_000) == whole)
        }
    }
}
