import Foundation
import MekikiCore
import MekikiTensor
import Testing

@Suite struct WeightsTests {
    private func write(_ name: String, tensor: String, _ value: Float, to folder: URL) throws {
        let header = #"{"\#(tensor)":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
        let data = [value, value + 1].flatMap { SafetensorsSample.bytes(of: $0.bitPattern) }
        try Data(SafetensorsSample.bytes(header: header, data: data))
            .write(to: folder.appending(path: name))
    }

    private func writeIndex(_ map: String, to folder: URL) throws {
        try Data(#"{"metadata":{"total_size":16},"weight_map":\#(map)}"#.utf8)
            .write(to: folder.appending(path: "model.safetensors.index.json"))
    }

    @Test func oneFileIsFound() throws {
        try SafetensorsSample.withFolder { folder in
            try write("model.safetensors", tensor: "a", 3, to: folder)
            let weights = try Weights(folder: folder)
            #expect(weights.names == ["a"])
            #expect(try weights.floats("a", shape: [1, 2]) == [3, 4])
        }
    }

    @Test func severalFilesAreOneCheckpoint() throws {
        try SafetensorsSample.withFolder { folder in
            try write("one.safetensors", tensor: "a", 3, to: folder)
            try write("two.safetensors", tensor: "b", 5, to: folder)
            try writeIndex(#"{"a":"one.safetensors","b":"two.safetensors"}"#, to: folder)
            let weights = try Weights(folder: folder)
            #expect(try weights.floats("a", shape: [1, 2]) == [3, 4])
            #expect(try weights.floats("b", shape: [1, 2]) == [5, 6])
            let files = try WeightsLayout(folder: folder).files.map(\.lastPathComponent)
            #expect(files == ["one.safetensors", "two.safetensors"])
        }
    }

    @Test func aMissingFileOfSeveralIsNamed() throws {
        try SafetensorsSample.withFolder { folder in
            try writeIndex(#"{"a":"one.safetensors"}"#, to: folder)
            let error = try #require(throws: MekikiError.self) { try Weights(folder: folder) }
            #expect(error.code == .noInput)
            #expect(error.description.contains("one.safetensors"))
        }
    }

    @Test func anIndexThatDisagreesIsRefused() throws {
        try SafetensorsSample.withFolder { folder in
            try write("one.safetensors", tensor: "a", 3, to: folder)
            try writeIndex(#"{"z":"one.safetensors"}"#, to: folder)
            let error = try #require(throws: MekikiError.self) { try Weights(folder: folder) }
            #expect(error.code == .badData)
            #expect(error.message.contains("'z'"))
        }
    }

    @Test(arguments: ["../other.safetensors", "/etc/passwd", "", ".hidden"])
    func anIndexLeadsNowhereElse(_ name: String) throws {
        try SafetensorsSample.withFolder { folder in
            try writeIndex(#"{"a":"\#(name)"}"#, to: folder)
            let error = try #require(throws: MekikiError.self) { try Weights(folder: folder) }
            #expect(error.code == .badData)
        }
    }

    @Test func aMissingTensorIsNamed() throws {
        try SafetensorsSample.withFolder { folder in
            try write("model.safetensors", tensor: "a", 3, to: folder)
            let weights = try Weights(folder: folder)
            let error = try #require(throws: MekikiError.self) {
                try weights.floats("layer.weight", shape: [2])
            }
            #expect(error.code == .badData)
            #expect(error.message.contains("'layer.weight'"))
        }
    }

    @Test func anotherShapeIsRefusedWithBoth() throws {
        try SafetensorsSample.withFolder { folder in
            try write("model.safetensors", tensor: "a", 3, to: folder)
            let weights = try Weights(folder: folder)
            let error = try #require(throws: MekikiError.self) {
                try weights.floats("a", shape: [2, 1])
            }
            #expect(error.message.contains("[1, 2]"))
            #expect(error.message.contains("[2, 1]"))
        }
    }

    @Test func aFolderWithoutWeightsSaysWhatToDo() throws {
        try SafetensorsSample.withFolder { folder in
            let missing = try #require(throws: MekikiError.self) { try Weights(folder: folder) }
            #expect(missing.code == .noInput)
            #expect(missing.message.contains("model.safetensors"))
            #expect(missing.message.contains("pytorch_model.bin"))
        }
    }

    private func copy(_ name: String, to folder: URL, as target: String) throws {
        try FileManager.default.copyItem(
            at: CheckpointSample.folder.appending(path: name),
            to: folder.appending(path: target)
        )
    }

    @Test(arguments: ["pytorch_model.bin", "open_clip_pytorch_model.bin"])
    func pyTorchsFilesAreRead(_ name: String) throws {
        try SafetensorsSample.withFolder { folder in
            try copy("shared.bin", to: folder, as: name)
            let weights = try Weights(folder: folder)
            #expect(try weights.floats("row", shape: [4]) == [1.125, 1.875, 2.625, 3.375])
            #expect(try weights.matrix(["one", "one"], shape: [1, 4]).rows == 2)
            var row: [Float] = [0, 0, 0, 0]
            try row.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                try weights.table("head", rows: 3, columns: 4).copyRow(1, to: base)
            }
            #expect(row == [1.125, 1.875, 2.625, 3.375])
        }
    }

    @Test func severalFilesOfPyTorchAreOneCheckpoint() throws {
        let weights = try Weights(folder: CheckpointSample.folder.appending(path: "sharded"))
        #expect(weights.names.sorted() == ["a", "b"])
        #expect(try weights.floats("b", shape: [3]) == [-1.875, -1.125, -0.375])
    }

    /// Of equal weights, the format that needs no interpretation is read.
    @Test func theBestOfSeveralFormatsIsChosen() throws {
        try SafetensorsSample.withFolder { folder in
            func chosen() throws -> [String] {
                try WeightsLayout(folder: folder).files.map(\.lastPathComponent)
            }
            for name in [
                "open_clip_pytorch_model.bin", "pytorch_model.bin", "open_clip_model.safetensors",
            ] {
                try Data().write(to: folder.appending(path: name))
                #expect(try chosen() == [name])
            }
            try writeIndex(#"{"a":"one.safetensors"}"#, to: folder)
            #expect(try chosen() == ["one.safetensors"])
            try write("model.safetensors", tensor: "a", 3, to: folder)
            #expect(try chosen() == ["model.safetensors"])
        }
    }

    @Test func tablesGiveTheirRows() throws {
        try SafetensorsSample.withFolder { folder in
            let header = #"{"t":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]}}"#
            let data: [UInt8] = [0x80, 0x3f, 0, 0x40, 0x40, 0x40, 0x80, 0x40]
            try Data(SafetensorsSample.bytes(header: header, data: data))
                .write(to: folder.appending(path: "model.safetensors"))
            let table = try Weights(folder: folder).table("t", rows: 2, columns: 2)
            var row: [Float] = [0, 0]
            row.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                table.copyRow(1, to: base)
            }
            #expect(row == [3, 4])
        }
    }
}
