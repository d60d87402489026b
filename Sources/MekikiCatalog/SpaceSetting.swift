import Foundation
import MekikiCore

/// The settings that say which spaces a library uses: their names, and spaces as their values.
enum SpaceSetting {
    /// Names the space of a role that answers.
    static func current(_ role: VectorSpace.Role) -> String { "space.\(role.rawValue).current" }

    /// Names the space of a role that is being filled.
    static func pending(_ role: VectorSpace.Role) -> String { "space.\(role.rawValue).pending" }

    /// A space as a setting's value: JSON, its keys in order.
    static func text(of space: VectorSpace) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(space), as: UTF8.self)
    }

    /// The space that a setting names; `nil` for a value that is none, as after damage.
    static func space(_ text: String?) -> VectorSpace? {
        text.flatMap { try? JSONDecoder().decode(VectorSpace.self, from: Data($0.utf8)) }
    }
}
