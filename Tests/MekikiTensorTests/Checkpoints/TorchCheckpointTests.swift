import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTensor

/// Checkpoints as PyTorch wrote them.
@Suite struct TorchCheckpointTests {
    @Test(arguments: [
        "types.bin", "protocol4.bin", "shared.bin", "views.bin", "module.bin", "parameters.bin",
        "training.bin", "malicious.bin",
    ])
    func everyTensorIsWhatPyTorchSaved(_ name: String) throws {
        let expected = try #require(try CheckpointSample.expected()[name])
        let file = try TorchCheckpoint(contentsOf: CheckpointSample.folder.appending(path: name))
        #expect(Set(file.entries.keys) == Set(expected.keys))
        for (name, tensor) in expected {
            let entry = try #require(file.entries[name])
            #expect(entry.shape == tensor.shape, "\(name)")
            #expect(numbers(of: entry, in: file) == tensor.values, "\(name)")
            if entry.element.isWeight {
                #expect(try file.floats(named: name).map(Double.init) == tensor.values)
            }
        }
    }

    /// The elements as double precision, by their type.
    private func numbers(of entry: TensorEntry, in file: TorchCheckpoint) -> [Double] {
        let bytes = file.bytes(of: entry)
        func all<Number>(_: Number.Type, _ double: (Number) -> Double) -> [Double] {
            (0..<entry.count).map { index in
                double(
                    bytes.loadUnaligned(
                        fromByteOffset: index * MemoryLayout<Number>.size,
                        as: Number.self
                    )
                )
            }
        }
        switch entry.element {
        case .float64: return all(Double.self) { $0 }
        case .int64: return all(Int64.self, Double.init)
        case .int32: return all(Int32.self, Double.init)
        case .int16: return all(Int16.self, Double.init)
        case .uint16: return all(UInt16.self, Double.init)
        case .int8: return all(Int8.self, Double.init)
        case .uint8, .bool: return all(UInt8.self, Double.init)
        default: return ((try? file.floats(of: entry, named: "")) ?? []).map(Double.init)
        }
    }

    @Test func typesAreKept() throws {
        let file = try TorchCheckpoint(
            contentsOf: CheckpointSample.folder.appending(path: "types.bin")
        )
        let types = file.entries.mapValues(\.element)
        #expect(types["single"] == .float32 && types["half"] == .float16)
        #expect(types["brain"] == .bfloat16 && types["double"] == .float64)
        #expect(types["long"] == .int64 && types["word"] == .uint16 && types["bool"] == .bool)
    }

    @Test func tiedTensorsShareTheirNumbers() throws {
        let file = try TorchCheckpoint(
            contentsOf: CheckpointSample.folder.appending(path: "shared.bin")
        )
        let tied = try #require(file.entries["tied"])
        #expect(file.entries["head"] == tied)
        #expect(file.entries["middle"]?.bytes.lowerBound == tied.bytes.lowerBound + 16)
        // PyTorch places numbers where they can be used in the mapped file.
        #expect(tied.bytes.lowerBound.isMultiple(of: 64))
    }

    @Test(arguments: ["transposed", "column", "expanded", "sparse", "quantised"])
    func otherFormsAreNamedWhenTheyAreAskedFor(_ name: String) throws {
        try SafetensorsSample.withFolder { folder in
            try FileManager.default.copyItem(
                at: CheckpointSample.folder.appending(path: "views.bin"),
                to: folder.appending(path: "pytorch_model.bin")
            )
            let weights = try Weights(folder: folder)
            #expect(weights.names == ["whole"])
            let error = try #require(throws: MekikiError.self) {
                try weights.floats(name, shape: [3])
            }
            #expect(error.code == .configuration)
            #expect(error.message.contains("'\(name)'"))
            #expect(error.subject?.hasSuffix("pytorch_model.bin") == true)
        }
    }

    @Test func aTransposedTensorsStridesAreTold() throws {
        let file = try TorchCheckpoint(
            contentsOf: CheckpointSample.folder.appending(path: "views.bin")
        )
        #expect(file.refusals["transposed"]?.contains("[1, 3]") == true)
        let error = try #require(throws: MekikiError.self) {
            try file.floats(named: "transposed")
        }
        #expect(error.message.contains("row by row"))
    }

    @Test func nothingIsRun() throws {
        let ran = "/tmp/mekiki-ran-a-pickle"
        #expect(!FileManager.default.fileExists(atPath: ran))
        let file = try TorchCheckpoint(
            contentsOf: CheckpointSample.folder.appending(path: "malicious.bin")
        )
        #expect(file.entries.keys.sorted() == ["weight"])
        #expect(!FileManager.default.fileExists(atPath: ran))
    }

    @Test(arguments: [
        ("before-1.6.bin", MekikiError.Code.configuration, "1.6"),
        ("compressed.bin", .configuration, "compressed"),
        ("nameless.bin", .configuration, "no tensors with names"),
        ("two-models.bin", .configuration, "student, teacher"),
        ("expected.json", .badData, "no zip archive"),
    ])
    func otherFilesAreToldApart(_ name: String, _ code: MekikiError.Code, _ part: String) throws {
        let url = CheckpointSample.folder.appending(path: name)
        let error = try #require(throws: MekikiError.self) { try TorchCheckpoint(contentsOf: url) }
        #expect(error.code == code)
        #expect(error.message.contains(part))
        #expect(error.subject == url.path)
    }

    @Test func aPointerToTheRealFileIsToldApart() throws {
        let text = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
        let error = try #require(throws: MekikiError.self) {
            try CheckpointSample.read(Array(text.utf8))
        }
        #expect(error.message.contains("Git LFS"))
    }

    @Test func aMissingFileIsNoInput() throws {
        let error = try #require(throws: MekikiError.self) {
            try TorchCheckpoint(contentsOf: URL(filePath: "/nowhere/pytorch_model.bin"))
        }
        #expect(error.code == .noInput)
    }
}
