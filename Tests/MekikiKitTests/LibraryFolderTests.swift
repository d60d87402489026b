import Foundation
import MekikiKit
import MekikiTesting
import Testing

@Suite struct LibraryFolderTests {
    @Test func aNamedFolderGoesFirst() {
        let folder = LibraryFolder(named: "/a/b", environment: ["MEKIKI_LIBRARY": "/c"])
        #expect(folder.url.path == "/a/b")
    }

    @Test func theEnvironmentGoesNext() {
        let folder = LibraryFolder(environment: ["MEKIKI_LIBRARY": "/c", "XDG_DATA_HOME": "/d"])
        #expect(folder.url.path == "/c")
    }

    @Test func thenTheUsersData() {
        let folder = LibraryFolder(environment: ["MEKIKI_LIBRARY": "", "XDG_DATA_HOME": "/d"])
        #expect(folder.url.path == "/d/mekiki/library")
        let own = LibraryFolder(environment: ["HOME": "/somewhere"])
        #expect(own.url.path == "/somewhere/.local/share/mekiki/library")
        let home = LibraryFolder(environment: [:])
        #expect(home.url.path.hasSuffix("/.local/share/mekiki/library"))
    }

    @Test func aFolderWithoutALibraryIsAClearError() throws {
        let temporary = try TemporaryFolder()
        let folder = LibraryFolder(named: temporary.url.path)
        let error = #expect(throws: MekikiError.self) { try folder.requireLibrary() }
        #expect(error?.code == .noInput)
        #expect(error?.message.contains("mekiki index") == true)
    }

    @Test func aFolderThatCannotBeMadeIsAClearError() throws {
        let temporary = try TemporaryFolder()
        let file = temporary.url.appending(path: "file")
        try Data().write(to: file)
        let folder = LibraryFolder(named: file.appending(path: "library").path)
        let error = #expect(throws: MekikiError.self) { try folder.create() }
        #expect(error?.code == .cannotCreate)
    }
}
