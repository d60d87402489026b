import Foundation
import MekikiKit
import MekikiTesting
import Testing

@Suite struct DataFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func make(_ path: String) throws -> URL {
        let data = folder.url.appending(path: path)
        let model = data.appending(path: "Models/starter")
        try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: model.appending(path: "config.json"))
        return data
    }

    @Test func theEnvironmentGoesFirst() throws {
        let data = try make("elsewhere")
        let found = try DataFolder(
            environment: ["MEKIKI_DATA": data.path],
            executable: try make("checkout").appending(path: "bin/mekiki")
        )
        #expect(found.url.path == data.path)
    }

    @Test func thenWhatLiesBesideTheExecutable() throws {
        let data = try make("prefix/share/mekiki")
        let found = try DataFolder(
            environment: [:],
            executable: folder.url.appending(path: "prefix/bin/mekiki")
        )
        #expect(found.url.path == data.path)
        #expect(found.starterModel.lastPathComponent == "starter")
    }

    @Test func thenTheCheckoutAroundTheBuildFolder() throws {
        let data = try make("checkout")
        let found = try DataFolder(
            environment: [:],
            executable: data.appending(path: ".build/release/mekiki")
        )
        #expect(found.url.path == data.path)
    }

    @Test func aNamedFolderWithoutTheFilesIsAnError() throws {
        let error = #expect(throws: MekikiError.self) {
            try DataFolder(environment: ["MEKIKI_DATA": folder.url.path])
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("MEKIKI_DATA") == true)
    }
}
