import Foundation
import MekikiCore

/// Which texts a model uses as special tokens, as `tokenizer_config.json` or else
/// `special_tokens_map.json` say.
struct SpecialTokenNames: Sendable {
    /// A special token's text and how it is looked for.
    struct Token: Sendable, Equatable {
        var content: String
        var isNormalized = false
        var stripsLeft = false
        var stripsRight = false
    }

    /// A role that a special token has, under the name of its field.
    enum Role: String, CaseIterable {
        case start = "bos_token"
        case end = "eos_token"
        case unknown = "unk_token"
        case padding = "pad_token"
    }

    private var tokens: [Role: Token] = [:]

    init(folder: URL) throws {
        for name in ["tokenizer_config.json", "special_tokens_map.json"]
        where FolderFile.exists(name, in: folder) {
            let root = try JSONField(contentsOf: folder.appendingPathComponent(name))
            for role in Role.allCases where tokens[role] == nil {
                tokens[role] = try root[role.rawValue].map(Self.token)
            }
        }
    }

    /// The `tokenizer_config.json` of a folder, `nil` where there is none.
    static func configuration(of folder: URL) throws -> JSONField? {
        let name = "tokenizer_config.json"
        guard FolderFile.exists(name, in: folder) else { return nil }
        return try JSONField(contentsOf: folder.appendingPathComponent(name))
    }

    subscript(role: Role) -> Token? { tokens[role] }

    /// A token is either its text or an object with flags.
    static func token(_ field: JSONField) throws -> Token {
        if case .string(let content) = field.value { return Token(content: content) }
        if try field["single_word"]?.bool() ?? false {
            throw field.unsupported("tokens that match whole words only")
        }
        return Token(
            content: try field.required("content").string(),
            // `transformers` lets plain special tokens match before normalisation, but objects
            // after it unless they say otherwise.
            isNormalized: try field["normalized"]?.bool() ?? true,
            stripsLeft: try field["lstrip"]?.bool() ?? false,
            stripsRight: try field["rstrip"]?.bool() ?? false
        )
    }
}
