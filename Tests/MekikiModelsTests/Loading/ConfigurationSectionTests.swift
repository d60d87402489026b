import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct ConfigurationSectionTests {
    private func read<Result>(
        _ json: String,
        _ body: (ConfigurationSection) throws -> Result
    ) throws -> Result {
        try PreprocessorFolder.with(json, as: "config.json") { folder in
            try body(ConfigurationSection(contentsOf: folder.appending(path: "config.json")))
        }
    }

    @Test func valuesAreReadByTheirKind() throws {
        try read(
            #"{"a": {"b": {"size": 3, "name": "x", "on": true, "act": "gelu"}}, "none": null}"#
        ) { file in
            let section = try file.section("a").section("b")
            #expect(section.path == "a.b")
            #expect(try section.size("size") == 3 && section.string("name") == "x")
            #expect(try section.flag("on") == true && section.activation("act") == .gelu)
            #expect(try section.size("more") == nil)
            #expect(!file.has("none") && file.has("a"))
            #expect(try file.section("none").size("anything") == nil)
        }
    }

    @Test(arguments: [
        #"{"a": {"size": "3"}}"#, #"{"a": {"size": 1.5}}"#, #"{"a": {"size": 0}}"#,
        #"{"a": {"size": 1e12}}"#, #"{"a": 3}"#,
    ])
    func anotherFormIsBadDataAndNamed(_ json: String) throws {
        let error = try #require(throws: MekikiError.self) {
            try read(json) { _ = try $0.section("a").size("size") }
        }
        #expect(error.code == .badData)
        #expect(error.message.contains("a"))
    }

    @Test func whatIsNotSupportedIsNamedWithItsPlace() throws {
        let error = try read(#"{"a": {"kind": "new"}}"#) { file in
            try file.section("a").unsupported("kind", supported: "old")
        }
        #expect(error.code == .configuration)
        #expect(error.message.contains("a.kind") && error.message.contains("\"new\""))
        #expect(error.message.contains("old") && error.subject?.hasSuffix("config.json") == true)
    }
}
