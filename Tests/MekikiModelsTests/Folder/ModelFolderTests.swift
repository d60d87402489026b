import Foundation
import MekikiCore
import MekikiModels
import Testing

@Suite struct ModelFolderTests {
    @Test func aCLIPFolderIsRecognised() throws {
        let folder = try ModelFolder(ModelFixture.named("clip_gelu").folder)
        #expect(folder.modelType == "clip")
        #expect(folder.has("preprocessor_config.json") && !folder.has("nothing.json"))
    }

    @Test func aMissingFolderIsNoInput() throws {
        let error = try #require(throws: MekikiError.self) {
            try ModelFolder(URL(filePath: "/nowhere/model"))
        }
        #expect(error.code == .noInput)
        #expect(error.subject == "/nowhere/model")
    }

    @Test func aMissingFileIsNamedWithWhatToDo() async throws {
        try await TemporaryModel.with { model in
            try model.remove("config.json")
            let error = try #require(throws: MekikiError.self) { try ModelFolder(model.folder) }
            #expect(error.code == .noInput)
            #expect(error.message.hasPrefix("config.json is missing"))
            #expect(error.message.contains("Fetch"))
        }
    }

    @Test func anUnknownTypeIsNamedWithTheSupportedOnes() async throws {
        try await TemporaryModel.with { model in
            try model.replace(
                #""model_type": "clip""#,
                by: #""model_type": "flava""#,
                in: "config.json"
            )
            let error = try #require(throws: MekikiError.self) { try ModelFolder(model.folder) }
            #expect(error.code == .configuration)
            #expect(error.message.contains("'flava'") && error.message.contains("clip"))
        }
    }

    @Test(arguments: ["{", "[]", #"{"model_type": 3}"#])
    func aDamagedConfigurationIsBadData(_ text: String) async throws {
        try await TemporaryModel.with { model in
            try Data(text.utf8).write(to: model.url("config.json"))
            let error = try #require(throws: MekikiError.self) { try ModelFolder(model.folder) }
            #expect(error.code == .badData)
        }
    }
}

@Suite struct ModelFolderRevisionTests {
    @Test func equalFilesHaveEqualRevisions() async throws {
        let original = try ModelFolder(ModelFixture.named("clip_sharded_bf16").folder).revision()
        #expect(original.count == 64)
        try await TemporaryModel.with { model in
            let copied = try ModelFolder(model.folder).revision()
            #expect(copied == original)
        }
    }

    @Test(arguments: [
        "config.json", "preprocessor_config.json", "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
    ])
    func anyChangedFileChangesTheRevision(_ name: String) async throws {
        let original = try ModelFolder(ModelFixture.named("clip_sharded_bf16").folder).revision()
        try await TemporaryModel.with { model in
            var data = try Data(contentsOf: model.url(name))
            if name.hasSuffix("json") {
                data.append(UInt8(ascii: "\n"))
            } else {
                data[data.count - 1] ^= 1
            }
            try model.remove(name)
            try data.write(to: model.url(name))
            #expect(try ModelFolder(model.folder).revision() != original)
        }
    }

    @Test func filesThatDecideNothingDoNotCount() async throws {
        let original = try ModelFolder(ModelFixture.named("clip_sharded_bf16").folder).revision()
        try await TemporaryModel.with { model in
            try Data("hello".utf8).write(to: model.url("README.md"))
            #expect(try ModelFolder(model.folder).revision() == original)
        }
    }
}
