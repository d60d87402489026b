import MekikiCore
import Testing

@Suite struct RepositoryNameTests {
    @Test(arguments: ["openai/clip-vit-base-patch32", "gpt2", "a/b", "llm-jp/x_y.z", "A1/2b"])
    func namesOfTheHubAreNames(text: String) throws {
        let name = try #require(RepositoryName(text))
        #expect(name.description == text)
        #expect(RepositoryName(cacheFolder: name.cacheFolder) == name)
    }

    @Test(arguments: [
        "", "/", "a/", "/b", "a/b/c", "a--b/c", "a/..", "a/b..c", ".a/b", "a/-b", "a/b-", "a/b.git",
        "a b/c", "猫/犬", "a/b\u{0}", "../etc", String(repeating: "a", count: 97),
    ])
    func whatCouldLeadElsewhereIsNone(text: String) {
        #expect(RepositoryName(text) == nil)
    }

    @Test func foldersOfTheCacheAreReadBack() throws {
        let name = try #require(RepositoryName("openai/clip"))
        #expect(name.cacheFolder == "models--openai--clip")
        #expect(RepositoryName(cacheFolder: "datasets--a--b") == nil)
        #expect(RepositoryName(cacheFolder: "models--a--b--c") == nil)
    }
}
