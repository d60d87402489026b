import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct OriginalFileTests {
    private let bench: FlowBench
    private let id = ImageID(rawValue: 1)

    init() async throws {
        bench = try FlowBench()
        try bench.put("a.png", "a")
        try bench.put("folder/copy.png", "a")
        try await bench.index()
    }

    private func files() async throws -> [FileRecord] {
        try await bench.catalog.files(of: [id])[id] ?? []
    }

    @Test func itGivesTheFilesBytes() async throws {
        let file = try OriginalFile(await files(), of: id)
        let data = Array(FakeImage("a").data)
        #expect(file.name == "a.png")
        #expect(file.byteCount == data.count)
        #expect(try file.read(0..<data.count) == data)
        #expect(try file.read(3..<9) == Array(data[3..<9]))
        #expect(try file.read(data.count..<data.count + 5).isEmpty)
    }

    @Test func aCopyStandsInForAFileThatIsGoneOrChanged() async throws {
        try bench.put("a.png", "something else")
        #expect(try OriginalFile(await files(), of: id).name == "copy.png")
        try bench.delete("a.png")
        #expect(try OriginalFile(await files(), of: id).name == "copy.png")
        try bench.delete("folder/copy.png")
        let files = try await files()
        let error = #expect(throws: MekikiError.self) { try OriginalFile(files, of: id) }
        #expect(error?.code == .noInput)
    }

    @Test func aPipeOrAFolderInItsPlaceIsNotWaitedFor() async throws {
        try bench.delete("folder/copy.png")
        try bench.delete("a.png")
        #expect(mkfifo(bench.folder.file("a.png").path, 0o600) == 0)
        let files = try await files()
        #expect(throws: MekikiError.self) { try OriginalFile(files, of: id) }
        try bench.delete("a.png")
        try FileManager.default.createDirectory(
            at: bench.folder.file("a.png"),
            withIntermediateDirectories: false
        )
        #expect(throws: MekikiError.self) { try OriginalFile(files, of: id) }
    }

    @Test func anOpenFileStaysWhatItWas() async throws {
        let file = try OriginalFile(await files(), of: id)
        try bench.delete("a.png")
        try bench.put("a.png", "something else")
        #expect(try file.read(0..<file.byteCount) == Array(FakeImage("a").data))
    }
}
