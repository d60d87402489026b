import Foundation

/// A copy of a fixture that a test may change.
struct TemporaryModel {
    let folder: URL

    /// Copies a fixture, hands it over, and removes it.
    static func with<Result>(
        _ fixture: ModelFixture = .named("clip_sharded_bf16"),
        _ body: (TemporaryModel) async throws -> Result
    ) async throws -> Result {
        try await with(copyOf: fixture.folder, body)
    }

    /// Copies a folder, hands it over, and removes it.
    static func with<Result>(
        copyOf original: URL,
        _ body: (TemporaryModel) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "mekiki-\(UUID().uuidString)"
        )
        try FileManager.default.copyItem(at: original, to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(TemporaryModel(folder: folder))
    }

    func url(_ name: String) -> URL { folder.appending(path: name) }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: url(name))
    }

    /// Replaces a text in a file of text; a text that is not there fails the test.
    func replace(_ old: String, by new: String, in name: String) throws {
        let text = try String(contentsOf: url(name), encoding: .utf8)
        let changed = text.replacingOccurrences(of: old, with: new)
        guard changed != text else { throw Unchanged(text: old) }
        try Data(changed.utf8).write(to: url(name))
    }

    /// Replaces a text in a file of bytes by another one of its length.
    func replaceBytes(_ old: String, by new: String, in name: String) throws {
        precondition(old.utf8.count == new.utf8.count, "The file's other places stay.")
        var data = try Data(contentsOf: url(name))
        guard let range = data.range(of: Data(old.utf8)) else { throw Unchanged(text: old) }
        data.replaceSubrange(range, with: Data(new.utf8))
        try remove(name)
        try data.write(to: url(name))
    }

    /// Overwrites the end of a file with zeros.
    func zeroTail(_ count: Int, of name: String) throws {
        var data = try Data(contentsOf: url(name))
        data.replaceSubrange(
            data.count - count..<data.count,
            with: [UInt8](repeating: 0, count: count)
        )
        try remove(name)
        try data.write(to: url(name))
    }

    struct Unchanged: Error {
        var text: String
    }
}
