import Foundation
import MekikiKit

/// What `--json` prints: one document a line, keys in a fixed order.
enum JSONOutput {
    /// Prints a value.
    ///
    /// - Throws: `MekikiError` when a number is not finite.
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let data = try encoder.encode(value)
            Terminal.standardOutput.line(String(decoding: data, as: UTF8.self))
        } catch {
            throw MekikiError(.badData, "A result can't be written as JSON.", cause: error)
        }
    }
}
