import Foundation

/// Files beside these tests; `Fixtures/make_measures.py` made them.
enum Fixture {
    static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }
}
