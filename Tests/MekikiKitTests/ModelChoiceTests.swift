import Foundation
import MekikiKit
import MekikiTesting
import Testing

@Suite struct ModelChoiceTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]
    private let commit = String(repeating: "e5", count: 20)

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Data("{}".utf8), to: "data/Models/starter/config.json")
        environment = [
            "MEKIKI_DATA": folder.file("data").path, "HF_HUB_CACHE": folder.file("hub").path,
            "XDG_CONFIG_HOME": folder.file("config").path,
        ]
    }

    private func makeFolder(_ path: String) throws -> URL {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Puts a model into the cache.
    private func cache(_ name: String, without missing: String? = nil) throws {
        let place = "hub/models--\(name.replacing("/", with: "--"))"
        try folder.write(Data(commit.utf8), to: "\(place)/refs/main")
        for file in ["config.json", "model.safetensors", "tokenizer.json"] where file != missing {
            try folder.write(Data("{}".utf8), to: "\(place)/snapshots/\(commit)/\(file)")
        }
    }

    private func configure(_ text: String) throws {
        try folder.write(Data(text.utf8), to: "config/mekiki/config.json")
    }

    private var standard: String { ModelReference.standard.repository.description }

    @Test func theStarterServesWhenNothingIsSaid() throws {
        let choice = try ModelChoice(environment: environment)
        #expect(choice.isStarter)
        #expect(choice.isUnnamed)
        #expect(choice.name == "starter")
    }

    @Test func theDefaultPresetServesOnceItIsHere() throws {
        try cache(standard, without: "model.safetensors")
        #expect(try ModelChoice(environment: environment).isStarter)
        try cache(standard)
        let choice = try ModelChoice(environment: environment)
        #expect(!choice.isStarter)
        #expect(choice.isUnnamed)
        #expect(choice.name == standard)
    }

    @Test func whatIsSaidGoesBeforeInItsOrder() throws {
        for name in ["a/named", "a/variable", "a/library", "a/user"] { try cache(name) }
        try cache(standard)
        func choice(
            _ named: String?,
            _ variable: String?,
            _ configured: String?
        ) throws -> ModelChoice {
            var environment = environment
            environment["MEKIKI_MODEL"] = variable
            return try ModelChoice(
                named: named,
                configured: configured,
                environment: environment
            )
        }
        #expect(try choice("a/named", "a/variable", "a/library").name == "a/named")
        #expect(try choice(nil, "a/variable", "a/library").name == "a/variable")
        try configure(#"{"model": "a/user", "something": 1}"#)
        #expect(try choice(nil, "", "a/library").name == "a/library")
        #expect(try choice(nil, nil, nil).name == "a/user")
        #expect(try !choice(nil, nil, nil).isUnnamed)
        #expect(try choice("starter", "a/variable", nil).isStarter)
    }

    @Test func aConfigurationThatCannotBeReadIsNamed() throws {
        try configure("model: x")
        let error = #expect(throws: MekikiError.self) { try ModelChoice(environment: environment) }
        #expect(error?.code == .configuration)
        #expect(error?.subject?.hasSuffix("config/mekiki/config.json") == true)
        // It decides nothing here.
        #expect(try ModelChoice(named: "starter", environment: environment).isStarter)
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

    @Test func presetsAndNamesAreFoundInTheCache() throws {
        try cache("openai/clip-vit-base-patch32")
        for name in ["openai", "openai/clip-vit-base-patch32", "openai@\(commit)"] {
            let choice = try ModelChoice(named: name, environment: environment)
            #expect(choice.name == "openai/clip-vit-base-patch32")
            #expect(choice.folder.lastPathComponent == commit)
        }
    }

    @Test func whatIsNotHereNamesTheCommandThatFetchesIt() throws {
        let absent = #expect(throws: MekikiError.self) {
            try ModelChoice(named: "ja", environment: environment)
        }
        #expect(absent?.code == .noInput)
        #expect(
            absent?.message
                == "The model is not here. Fetch it with `mekiki models pull ja` (786 MB)."
        )
        try cache("maker/model", without: "tokenizer.json")
        let part = #expect(throws: MekikiError.self) {
            try ModelChoice(named: "maker/model@main", environment: environment)
        }
        #expect(part?.message.contains("only in part") == true)
        #expect(part?.message.contains("`mekiki models pull maker/model`") == true)
    }

    @Test func anAbsentFolderIsAClearError() throws {
        let path = folder.url.appending(path: "nothing").path
        let error = #expect(throws: MekikiError.self) {
            try ModelChoice(named: path, environment: environment)
        }
        #expect(error?.code == .noInput)
        #expect(error?.subject == path)
        #expect(error?.message.contains("starter, multilingual, ja") == true)
    }

    @Test func theInventoryTellsWhatIsHere() throws {
        try cache(standard)
        try cache("cl-nagoya/ruri-v3-30m", without: "model.safetensors")
        try cache("maker/language-model")
        let current = try ModelChoice(environment: environment)
        let inventory = ModelInventory(current: current, environment: environment)
        let names = inventory.entries.map(\.name)
        #expect(names == ["starter"] + ModelPreset.all.map(\.name))
        func entry(_ name: String) throws -> ModelEntry {
            try #require(inventory.entries.first { $0.name == name })
        }
        #expect(try entry("multilingual").presence == .here)
        #expect(try entry("multilingual").bytes == 6)
        #expect(try entry("multilingual").isCurrent)
        #expect(inventory.entries.count(where: \.isCurrent) == 1)
        #expect(try entry("ruri-v3-30m").presence == .incomplete)
        #expect(try entry("ruri-v3-30m").bytes == 156_000_000)
        #expect(try entry("best").presence == .absent)
        // Its config.json names no architecture that Mekiki knows.
        #expect(inventory.foreign.map(\.description) == ["maker/language-model"])
    }

    @Test func aFolderOfTheUsersOwnIsListedWhereItIsCurrent() throws {
        let own = try makeFolder("own")
        let current = try ModelChoice(named: own.path, environment: environment)
        let inventory = ModelInventory(current: current, environment: environment)
        #expect(inventory.entries.first?.name == "own")
        #expect(inventory.entries.first?.isCurrent == true)
    }
}
