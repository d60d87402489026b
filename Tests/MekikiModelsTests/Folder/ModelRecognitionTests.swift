import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

/// What a folder holds is known from its configuration alone.
@Suite struct ModelRecognitionTests {
    private func open(_ files: [String: String]) throws -> ModelFolder {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "mekiki-recognition-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, contents) in files {
            try Data(contents.utf8).write(to: folder.appending(path: name))
        }
        return try ModelFolder(folder)
    }

    @Test(arguments: [
        (#"{"model_type": "clip"}"#, ModelArchitecture.clip),
        (#"{"model_type": "metaclip_2"}"#, .clip),
        (#"{"model_type": "siglip"}"#, .siglip),
        (#"{"model_type": "clip", "vision_config": {"model_type": "vit"}}"#, .japaneseCLIP),
        (#"{"model_type": "cloob", "vision_config": {"model_type": "vit"}}"#, .japaneseCLIP),
        (#"{"model_type": "japanese_stable_clip"}"#, .japaneseCLIP),
        (#"{"model_type": "japanese_clip"}"#, .japaneseCLIP),
        (#"{"model_type": "clyp"}"#, .clyp),
    ])
    func aConfigurationTellsTheKind(_ json: String, _ kind: ModelArchitecture) throws {
        #expect(try open(["config.json": json]).architecture == kind)
    }

    @Test func openCLIPHasAConfigurationOfItsOwn() throws {
        let folder = try open(["open_clip_config.json": "{}"])
        #expect(folder.architecture == .openCLIP && folder.modelType == "open_clip")
    }

    @Test func ofTwoFormsTheWeightsDecide() throws {
        let both = ["config.json": #"{"model_type": "clip"}"#, "open_clip_config.json": "{}"]
        #expect(try open(both).architecture == .clip)
        let own = both.merging(["open_clip_model.safetensors": ""]) { $1 }
        #expect(try open(own).architecture == .openCLIP)
        let all = own.merging(["model.safetensors": ""]) { $1 }
        #expect(try open(all).architecture == .clip)
    }

    @Test func anUnknownConfigurationBesideOpenCLIPsIsPassedOver() throws {
        let folder = try open([
            "config.json": #"{"model_type": "timm"}"#, "open_clip_config.json": "{}",
        ])
        #expect(folder.architecture == .openCLIP)
    }

    @Test func variableResolutionIsNamed() throws {
        let error = try #require(throws: MekikiError.self) {
            try open(["config.json": #"{"model_type": "siglip2"}"#])
        }
        #expect(error.code == .configuration)
        #expect(error.message.contains("NaFlex"))
        #expect(error.subject?.hasSuffix("config.json") == true)
    }

    @Test func whatIsSupportedIsListed() throws {
        let error = try #require(throws: MekikiError.self) {
            try open(["config.json": #"{"model_type": "flava"}"#])
        }
        for kind in ModelArchitecture.allCases {
            #expect(error.message.contains(kind.summary))
        }
    }
}
