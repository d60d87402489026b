import Foundation
import MekikiCore

/// A value of a JSON file that knows where it stands, so that errors name the file and the field.
struct JSONField: Sendable {
    let value: JSONValue
    /// The file's path.
    let file: String
    /// The field as people write it: `model.vocab`.
    let name: String

    /// The file's bytes, where parts of it are still unread.
    private let bytes: [UInt8]

    /// Reads a whole file.
    init(contentsOf url: URL) throws {
        try self.init(FolderFile.bytes(of: url), file: url.path)
    }

    /// Reads a file's bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - file: The file's path.
    ///   - deferred: Keys of objects one level down that are read piece by piece, later.
    /// - Throws: `MekikiError` with code `badData` where they aren't JSON.
    init(_ bytes: [UInt8], file: String, deferring deferred: Set<String> = []) throws {
        do {
            value = try JSONParser.parse(bytes, deferring: deferred)
        } catch {
            throw Self.malformed(error, file: file)
        }
        self.file = file
        self.bytes = deferred.isEmpty ? [] : bytes
        name = ""
    }

    private init(_ value: JSONValue, of parent: JSONField, name: String) {
        self.value = value
        bytes = parent.bytes
        file = parent.file
        self.name = name
    }

    private static func malformed(_ failure: JSONParser.Failure, file: String) -> MekikiError {
        MekikiError(
            .badData,
            "This is not valid JSON: \(failure.reason), at byte \(failure.offset). Download the "
                + "file again.",
            subject: file
        )
    }

    /// A member, `nil` when it is missing or `null`.
    ///
    /// Of several with one key the last counts, as in Python.
    subscript(key: String) -> JSONField? {
        guard case .object(let members) = value,
            let member = members.last(where: { $0.key == key })
        else { return nil }
        if case .null = member.value { return nil }
        return JSONField(member.value, of: self, name: name.isEmpty ? key : "\(name).\(key)")
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
            JSONField(element, of: self, name: "\(name)[\(index)]")
        }
    }

    /// Calls back with the members' bare values, for vocabularies: a field for every piece would
    /// cost a string.
    func forEachMember(_ body: (JSONValue.Member) -> Void) throws {
        switch value {
        case .object(let members): members.forEach(body)
        case .unread(let range) where bytes[range.lowerBound] == UInt8(ascii: "{"):
            do {
                try JSONParser.forEachMember(of: range, in: bytes, body)
            } catch {
                throw Self.malformed(error, file: file)
            }
        default: throw mismatch("an object")
        }
    }

    /// Calls back with the elements' bare values.
    func forEachElement(_ body: (JSONValue) -> Void) throws {
        switch value {
        case .array(let elements): elements.forEach(body)
        case .unread(let range) where bytes[range.lowerBound] == UInt8(ascii: "["):
            do {
                try JSONParser.forEachElement(of: range, in: bytes, body)
            } catch {
                throw Self.malformed(error, file: file)
            }
        default: throw mismatch("a list")
        }
    }

    /// How many members or elements there may be, to make room for them.
    var roughCount: Int {
        switch value {
        case .object(let members): members.count
        case .array(let elements): elements.count
        // Tables grow where this is too few.
        case .unread(let range): range.count / 32
        default: 0
        }
    }

    /// Where a part of the file stands that is still unread.
    var unreadRange: Range<Int>? {
        if case .unread(let range) = value { range } else { nil }
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

    func failure(_ message: String) -> MekikiError {
        MekikiError(.badData, message, subject: file)
    }
}
