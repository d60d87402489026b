import MekikiCore

/// A promise that an implementation doesn't keep.
public struct CompatibilityFailure: Error, CustomStringConvertible {
    /// What was expected, what came, and the line of the check.
    public let description: String

    init(_ message: String, _ file: StaticString, _ line: UInt) {
        description = "\(message) (\(file):\(line))"
    }
}

func expect(
    _ condition: Bool,
    _ message: @autoclosure () -> String,
    file: StaticString = #fileID,
    line: UInt = #line
) throws {
    guard condition else { throw CompatibilityFailure(message(), file, line) }
}

func expectEqual<Value: Equatable>(
    _ found: Value,
    _ expected: Value,
    _ what: String = "answer",
    file: StaticString = #fileID,
    line: UInt = #line
) throws {
    try expect(
        found == expected,
        "\(what): expected \(expected), found \(found)",
        file: file,
        line: line
    )
}

func expectError(
    _ code: MekikiError.Code,
    file: StaticString = #fileID,
    line: UInt = #line,
    _ body: () async throws -> Void
) async throws {
    do {
        try await body()
    } catch let error as MekikiError {
        return try expectEqual(error.code, code, "error code", file: file, line: line)
    }
    throw CompatibilityFailure("expected an error with code \(code), found none", file, line)
}
