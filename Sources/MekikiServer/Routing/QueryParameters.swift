import Foundation
import Hummingbird
import MekikiKit

/// The parameters of a request's address, decoded.
struct QueryParameters: Sendable {
    /// Names and values in their order.
    let pairs: [(name: String, value: String)]

    /// Decodes parameters: `+` is a space, as forms send it, and bytes are UTF-8.
    ///
    /// - Parameter query: What stands behind the question mark.
    /// - Throws: `Problem` for bytes that are no UTF-8.
    init(_ query: String?) throws {
        pairs = try (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            return (try Self.decode(parts[0]), try Self.decode(value))
        }
    }

    /// Decodes parameters that a person may have typed: what can't be decoded stays as it is.
    ///
    /// - Parameter query: What stands behind the question mark.
    init(lenient query: String?) {
        pairs = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { (try? Self.decode($0)) ?? String($0) }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    private static func decode(_ text: Substring) throws -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else {
            throw Problem.usage("The address is not percent-encoded UTF-8.")
        }
        return decoded
    }

    /// Refuses parameters that an operation does not have, and ones given twice.
    ///
    /// - Parameters:
    ///   - names: What it has.
    ///   - repeatable: Which of them may be given several times.
    /// - Throws: `Problem` that names the first other one.
    func checkNames(_ names: Set<String>, repeatable: Set<String> = []) throws {
        var seen: Set<String> = []
        for pair in pairs {
            guard names.contains(pair.name) else {
                let list = names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
                throw Problem.usage(
                    "“\(pair.name.prefix(40))” is no parameter here; there are: \(list)."
                )
            }
            guard seen.insert(pair.name).inserted || repeatable.contains(pair.name) else {
                throw Problem.usage("\(pair.name): It is given twice.")
            }
        }
    }

    /// The value of a parameter; `nil` without one.
    func text(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// All values of a parameter.
    func texts(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// A whole number.
    ///
    /// - Parameters:
    ///   - name: The parameter.
    ///   - range: What it may be.
    ///   - standard: What it is if left out.
    /// - Returns: The number.
    /// - Throws: `Problem` for anything else.
    func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = text(name) else { return standard }
        guard text.isDigits, let number = Int(text),
            range.contains(number)
        else {
            throw Problem.usage(
                "\(name): A whole number from \(range.lowerBound) to \(range.upperBound) is wanted."
            )
        }
        return number
    }

    /// Numbers of images.
    ///
    /// - Parameters:
    ///   - name: The parameter.
    ///   - most: How many it may name.
    /// - Returns: The numbers in their order.
    /// - Throws: `Problem` for more of them, or anything else.
    func imageIDs(_ name: String, most: Int) throws -> [ImageID] {
        let texts = texts(name)
        guard texts.count <= most else {
            throw Problem.usage("\(name): At most \(most) images can be named.")
        }
        return try texts.map { text in
            guard let id = ImageID(decimal: text) else {
                throw Problem.usage("\(name): An image's number is 1 or more, in decimal digits.")
            }
            return id
        }
    }
}
