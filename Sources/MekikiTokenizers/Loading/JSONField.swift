import Foundation
import MekikiCore

/// A value of a JSON file that knows where it stands, so that errors name the file and the field.
struct JSONField: Sendable {
    let value: JSONValue
    /// The file's path.
    let file: String
    /// The field as people write it: `model.vocab`.
    let name: String

    /// Reads a whole file.
    init(contentsOf url: URL) throws {
        let bytes = try FolderFile.bytes(of: url)
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw MekikiError(
                .badData,
                "This is not valid JSON: \(error.reason), at byte \(error.offset). Download the "
                    + "file again.",
                subject: url.path
            )
        }
        file = url.path
        name = ""
    }

    private init(_ value: JSONValue, file: String, name: String) {
        self.value = value
        self.file = file
        self.name = name
    }

    /// A member, `nil` when it is missing or `null`.
    ///
    /// Of several with one key the last counts, as in Python.
    subscript(key: String) -> JSONField? {
        guard case .object(let members) = value,
            let member = members.last(where: { $0.key == key })
        else { return nil }
        if case .null = member.value { return nil }
        return JSONField(member.value, file: file, name: name.isEmpty ? key : "\(name).\(key)")
    }

    /// A member that the file can't do without.
    func required(_ key: String) throws -> JSONField {
        guard let field = self[key] else {
            throw failure("The field '\(name.isEmpty ? key : "\(name).\(key)")' is missing.")
        }
        return field
    }

    func string() throws -> String {
        guard case .string(let text) = value else { throw mismatch("a string") }
        return text
    }

    func bool() throws -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("true or false") }
        return flag
    }

    func number() throws -> Double {
        guard case .number(let number) = value else { throw mismatch("a number") }
        return number
    }

    /// A token's id.
    func id() throws -> Int32 {
        guard let id = Int32(exactly: try number()), id >= 0 else {
            throw mismatch("a whole number from 0")
        }
        return id
    }

    func elements() throws -> [JSONField] {
        guard case .array(let elements) = value else { throw mismatch("a list") }
        return elements.enumerated().map { index, element in
            JSONField(element, file: file, name: "\(name)[\(index)]")
        }
    }

    /// The members' bare values, for vocabularies: a field for every piece would cost a string.
    func members() throws -> [JSONValue.Member] {
        guard case .object(let members) = value else { throw mismatch("an object") }
        return members
    }

    /// An error that says what the field should have held.
    func mismatch(_ expected: String) -> MekikiError {
        failure("The field '\(name)' has to be \(expected).")
    }

    /// An error about something that is valid but that this version can't do.
    func unsupported(_ what: String) -> MekikiError {
        MekikiError(
            .configuration,
            "The field '\(name)' asks for \(what), which this version doesn't support. Choose "
                + "another model, or update Mekiki.",
            subject: file
        )
    }

    private func failure(_ message: String) -> MekikiError {
        MekikiError(.badData, message, subject: file)
    }
}
