import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

/// Captions come in from files and go out again, and the user's own stand apart.
@Suite struct CaptionsTests {
    private let bench: FlowBench

    init() async throws {
        bench = try FlowBench()
        for path in ["Cat.PNG", "dog.jpg", "x/same.png", "y/same.png", "がけ.png"] {
            try bench.put(path, "picture \(path)")
        }
        try bench.put("copy/dog.jpg", "picture dog.jpg")
        try await bench.index()
    }

    private func id(_ path: String) async throws -> ImageID {
        let file = try await bench.catalog.files(under: nil).first { $0.location.path == path }
        return try #require(file).imageID
    }

    private func captions(_ path: String, _ origin: TextOrigin) async throws -> [String] {
        let id = try await id(path)
        return try await bench.catalog.texts(of: [id])[id, default: []]
            .filter { $0.id.origin == origin.rawValue }.map(\.text)
    }

    private func bring(_ text: String) async throws -> CaptionImport.Report {
        try await CaptionImport(catalog: bench.catalog)(CaptionFile(Data(text.utf8)))
    }

    @Test func theOriginalsFileIsImportedOnce() async throws {
        let text =
            #"{"cat.png": "三毛猫", "DOG.JPG": "a dog", "same.png": "?", "no.png": "x", "n": 1}"#
        let first = try await bring(text)
        #expect(first.changed == 2 && first.unchanged == 0)
        #expect(first.notFound == ["no.png"])
        #expect(first.ambiguous.map(\.name) == ["same.png"])
        #expect(first.ambiguous.first?.paths.count == 2)
        #expect(first.faults == [.init(place: "n", reason: "its caption is no text")])
        let second = try await bring(text)
        #expect(second.changed == 0 && second.unchanged == 2)
        #expect(try await captions("Cat.PNG", .imported) == ["三毛猫"])
        // Another one takes its place.
        #expect(try await bring(#"{"cat.png": "猫"}"#).changed == 1)
        #expect(try await captions("Cat.PNG", .imported) == ["猫"])
        #expect(try await captions("dog.jpg", .imported) == ["a dog"])
    }

    @Test func theNotebooksLinesAreImported() async throws {
        let report = try await bring(
            """
            {"image_path": "./pictures/x/same.png", "description": "the first"}

            {"image_path": "C:\\\\pictures\\\\y\\\\same.png", "description": "the second"}
            {"image_path": "z/same.png", "description": "which?"}
            {"image_path": "dog.jpg"}
            nonsense
            """
        )
        #expect(report.changed == 2)
        #expect(report.ambiguous.map(\.name) == ["z/same.png"])
        #expect(report.faults.map(\.place) == ["line 5", "line 6"])
        #expect(try await captions("x/same.png", .imported) == ["the first"])
        #expect(try await captions("y/same.png", .imported) == ["the second"])
    }

    @Test func oneLineIsNoMap() throws {
        let line = #"{"image_path": "a.jpg", "description": "a dog"}"#
        let file = try CaptionFile(Data(line.utf8))
        #expect(file.entries == [.init(name: "a.jpg", caption: "a dog")])
        #expect(try CaptionFile(Data("{}".utf8)).entries.isEmpty)
        #expect(throws: MekikiError.self) { try CaptionFile(Data("hello".utf8)) }
        #expect(throws: MekikiError.self) { try CaptionFile(Data([0, 1, 2])) }
    }

    /// An accent may be one character or two, as file systems like it.
    @Test func composedAndDecomposedNamesAreOne() async throws {
        let name = "がけ.png".decomposedStringWithCanonicalMapping
        #expect(try await bring("{\"\(name)\": \"a cliff\"}").changed == 1)
    }

    @Test func whatIsExportedCanBeImported() async throws {
        _ = try await bring(#"{"cat.png": "imported", "dog.jpg": "a \"dog\"\n\u0001\\"}"#)
        let editing = WordEditing(catalog: bench.catalog)
        try await editing.setCaption("mine", of: id("Cat.PNG"))
        try await editing.setCaption("二", of: id("y/same.png"))
        let (data, count) = try await CaptionExport(catalog: bench.catalog)()
        #expect(count == 3)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.hasPrefix("{\n    \"Cat.PNG\": \"mine\",\n"))
        #expect(text.contains("y/same.png\": \"二\""))
        let file = try CaptionFile(data)
        #expect(file.entries.contains(.init(name: "dog.jpg", caption: "a \"dog\"\n\u{1}\\")))
        let report = try await CaptionImport(catalog: bench.catalog)(file)
        #expect(report.notFound.isEmpty && report.ambiguous.isEmpty)
        #expect(report.changed == 2 && report.unchanged == 1)
    }

    @Test func theUsersWordsStandApart() async throws {
        _ = try await bring(#"{"cat.png": "imported"}"#)
        let editing = WordEditing(catalog: bench.catalog)
        let id = try await id("Cat.PNG")
        try await editing.setCaption(" my cat\n", of: id)
        try await editing.setTags(["pet", "ペット", "PET"], of: id)
        let words = try await editing.changeTags(adding: ["fur"], removing: ["pet"], of: id)
        #expect(words == .init(caption: "my cat", tags: ["ペット", "fur"]))
        #expect(try await editing.words(of: id) == words)
        #expect(try await captions("Cat.PNG", .user) == ["my cat", "ペット", "fur"])
        #expect(try await captions("Cat.PNG", .imported) == ["imported"])
        try await editing.setCaption(nil, of: id)
        #expect(try await editing.words(of: id) == .init(tags: ["ペット", "fur"]))
    }

    @Test func whatIsNoTagIsRefused() async throws {
        let editing = WordEditing(catalog: bench.catalog)
        let id = try await id("Cat.PNG")
        for tag in ["", " ", "a\nb", String(repeating: "a", count: 201)] {
            await #expect(throws: MekikiError.self) { try await editing.setTags([tag], of: id) }
        }
        await #expect(throws: MekikiError.self) { try await editing.setCaption("a\0b", of: id) }
        await #expect(throws: MekikiError.self) {
            try await editing.words(of: ImageID(rawValue: 999))
        }
    }
}
