import Foundation
import MekikiKit
import MekikiTesting
import Testing

@Suite struct ModelChoiceTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let starter = folder.url.appending(path: "data/Models/starter")
        try FileManager.default.createDirectory(at: starter, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: starter.appending(path: "config.json"))
        environment = ["MEKIKI_DATA": folder.url.appending(path: "data").path]
    }

    private func makeFolder(_ path: String) throws -> URL {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test func theStarterServesWhenNothingIsSaid() throws {
        let choice = try ModelChoice(environment: environment)
        #expect(choice.isStarter)
        #expect(choice.name == "starter")
    }

    @Test func aNamedFolderGoesBeforeTheEnvironment() throws {
        let named = try makeFolder("named-model")
        let other = try makeFolder("other")
        var environment = environment
        environment["MEKIKI_MODEL"] = other.path
        #expect(try ModelChoice(named: named.path, environment: environment).name == "named-model")
        #expect(try ModelChoice(environment: environment).name == "other")
    }

    @Test func theStarterIsKnownUnderItsPathToo() throws {
        let path = folder.url.appending(path: "data/Models/starter").path
        #expect(try ModelChoice(named: path, environment: environment).isStarter)
    }

    @Test func aFolderInTheHubsCacheHasItsRepositorysName() throws {
        let path = "hub/models--openai--clip-vit-base-patch32/snapshots/abc"
        let choice = try ModelChoice(named: makeFolder(path).path, environment: environment)
        #expect(choice.name == "openai/clip-vit-base-patch32")
    }

    @Test func anAbsentFolderIsAClearError() throws {
        let path = folder.url.appending(path: "nothing").path
        let error = #expect(throws: MekikiError.self) {
            try ModelChoice(named: path, environment: environment)
        }
        #expect(error?.code == .noInput)
        #expect(error?.subject == path)
    }
}
