import Foundation
import MekikiCore
import MekikiTensor

/// One object of a model's configuration, whose values are checked as they are read.
///
/// A value that is `null` counts as missing, as transformers has it.
struct ConfigurationSection: Sendable {
    /// The keys that lead to the section, with dots between them; empty for the whole file.
    let path: String

    private let values: [String: JSONValue]
    private let file: String

    /// Reads a file.
    ///
    /// - Parameter url: A file with a JSON object.
    /// - Throws: `MekikiError` with code `noInput` when the file can't be read, `badData` when it holds
    ///   no object.
    init(contentsOf url: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read. Check that you may read it.",
                subject: url.path,
                cause: error
            )
        }
        do {
            values = try JSONDecoder().decode([String: JSONValue].self, from: data)
        } catch {
            throw MekikiError(
                .badData,
                "\(url.lastPathComponent) can't be read as a JSON object. Fetch the model again.",
                subject: url.path,
                cause: error
            )
        }
        path = ""
        file = url.path
    }

    private init(_ values: [String: JSONValue], path: String, file: String) {
        self.values = values
        self.path = path
        self.file = file
    }

    /// Whether a key has a value.
    func has(_ key: String) -> Bool { self[key] != nil }

    /// A section within this one; an empty one where it is missing.
    ///
    /// - Parameter key: Its key.
    /// - Returns: The section.
    /// - Throws: `MekikiError` with code `badData` when it is something else.
    func section(_ key: String) throws -> ConfigurationSection {
        switch self[key] {
        case nil: return ConfigurationSection([:], path: name(key), file: file)
        case .object(let values)?:
            return ConfigurationSection(values, path: name(key), file: file)
        case let value?: throw mismatch(key, value, "an object")
        }
    }

    /// A text.
    func string(_ key: String) throws -> String? {
        switch self[key] {
        case nil: return nil
        case .string(let text)?: return text
        case let value?: throw mismatch(key, value, "a text")
        }
    }

    /// Whether something is so.
    func flag(_ key: String) throws -> Bool? {
        switch self[key] {
        case nil: return nil
        case .bool(let flag)?: return flag
        case let value?: throw mismatch(key, value, "true or false")
        }
    }

    /// A number.
    func number(_ key: String) throws -> Double? {
        switch self[key] {
        case nil: return nil
        case .number(let number)?: return number
        case let value?: throw mismatch(key, value, "a number")
        }
    }

    /// A size: a whole number of 1 or more.
    func size(_ key: String) throws -> Int? {
        guard let number = try number(key) else { return nil }
        guard let size = Int(exactly: number) else {
            throw mismatch(key, .number(number), "a whole number")
        }
        try ConfigurationValue.check(size, name(key))
        return size
    }

    /// An activation of a hidden layer.
    func activation(_ key: String) throws -> Activation? {
        try string(key).map { try ConfigurationValue.activation($0, name(key)) }
    }

    /// A value of any kind, for messages.
    subscript(key: String) -> JSONValue? {
        values[key] == .null ? nil : values[key]
    }

    /// The error for what this version doesn't support.
    ///
    /// - Parameters:
    ///   - key: The key that asks for it.
    ///   - supported: What is supported instead.
    /// - Returns: The error.
    func unsupported(_ key: String, supported: String) -> MekikiError {
        MekikiError(
            .configuration,
            "\(name(key)) is \(self[key]?.description ?? "missing"), which is not supported. "
                + "Supported: \(supported).",
            subject: file
        )
    }

    private func mismatch(
        _ key: String,
        _ value: JSONValue,
        _ wanted: String
    ) -> MekikiError {
        MekikiError(
            .badData,
            "\(name(key)) is \(value) and has to be \(wanted). Fetch the model again.",
            subject: file
        )
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
