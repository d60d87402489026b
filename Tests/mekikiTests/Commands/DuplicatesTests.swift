import Foundation
import MekikiTesting
import Testing

/// `mekiki duplicates`, as a user runs it.
@Suite struct DuplicatesTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    @Test func copiesAreFoundAndMovedWhenToldTo() throws {
        let images = try program.copySamples(5)
        let manager = FileManager.default
        let name = try #require(manager.contentsOfDirectory(atPath: images.path).sorted().first)
        let copy = images.appending(path: "copies/\(name)")
        try manager.createDirectory(
            at: copy.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try manager.copyItem(at: images.appending(path: name), to: copy)
        _ = try program.run("index", images.path)

        let listed = try program.run("duplicates", "--exact", "--json")
        let group = try #require((listed.documents.first?["groups"] as? [[String: Any]])?.first)
        #expect(group["kind"] as? String == "exact")
        // The older one, or of the same age the one with the shorter path.
        let kept = try #require((group["keep"] as? [String: Any])?["path"] as? String)
        #expect(kept.hasSuffix("/\(images.lastPathComponent)/\(name)"))
        let others = try #require(group["others"] as? [[String: Any]])
        #expect(
            others.compactMap { $0["path"] as? String }.map { $0.hasSuffix("copies/\(name)") } == [
                true
            ]
        )
        #expect(manager.fileExists(atPath: copy.path))
        let table = try program.run("duplicates", "--exact")
        #expect(table.output.contains("1 group, 1 file that could go"))

        let target = images.deletingLastPathComponent().appending(path: "gone")
        let inside = try program.run("duplicates", "--apply", "--to", images.path + "/gone")
        #expect(inside.status == 64 && inside.errors.contains("indexed again"))
        let moved = try program.run("duplicates", "--exact", "--apply", "--to", target.path)
        #expect(moved.status == 0)
        #expect(!manager.fileExists(atPath: copy.path))
        #expect(
            manager.fileExists(
                atPath: target.path + "/\(images.lastPathComponent)/copies/\(name)"
            )
        )
        #expect(try program.run("duplicates", "--exact").output.contains("No duplicates."))
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        let images = try program.copySamples(1)
        _ = try program.run("index", images.path)
        #expect(try program.run("duplicates", "--apply").status == 64)
        #expect(try program.run("duplicates", "cat").status == 64)
        #expect(try program.run("duplicates", "type:png").status == 0)
    }
}
