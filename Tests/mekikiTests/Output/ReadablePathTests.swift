import Testing

@testable import mekiki

@Suite struct ReadablePathTests {
    @Test(arguments: [
        ("/home/u/pictures/a.png", "a.png"), ("/home/u/b.png", "~/b.png"), ("/c.png", "/c.png"),
        ("/home/u/pictures-old/a.png", "~/pictures-old/a.png"),
    ])
    func theShortestPathThatOpensTheFile(_ path: String, _ expected: String) {
        #expect(ReadablePath.of(path, from: "/home/u/pictures", home: "/home/u") == expected)
    }

    @Test func theRootFolderShortensNothing() {
        #expect(ReadablePath.of("/a/b.png", from: "/", home: "/") == "/a/b.png")
    }
}
