import Foundation
import MekikiKit

/// The page's words in one language, by key.
struct PageWords: Sendable {
    /// Every word.
    let all: [String: String]

    /// Reads words.
    ///
    /// - Parameter data: A JSON object of strings.
    /// - Throws: `MekikiError` with code `configuration` for anything else.
    init(_ data: Data) throws {
        do {
            all = try JSONDecoder().decode([String: String].self, from: data)
        } catch {
            throw MekikiError(
                .configuration,
                "The page's words are no JSON object of strings. Install Mekiki again.",
                cause: error
            )
        }
    }

    /// A sentence with values put in.
    ///
    /// - Parameters:
    ///   - key: Which sentence.
    ///   - values: What stands for each `{name}`.
    /// - Returns: The sentence; the key itself where there is none.
    func sentence(_ key: String, _ values: [String: String] = [:]) -> String {
        values.reduce(all[key] ?? key) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// A sentence about a number of things, in its singular or plural.
    func count(_ key: String, _ number: Int) -> String {
        sentence(key + (number == 1 ? "One" : "Other"), ["n": Self.grouped(number)])
    }

    /// A number with a comma after each three digits, as both languages write it.
    private static func grouped(_ number: Int) -> String {
        var digits = String(number)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits = String(digits.dropLast(3))
        }
        return ([digits] + groups).joined(separator: ",")
    }
}
