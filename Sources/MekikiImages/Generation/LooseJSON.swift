/// JSON as generators write it: also with `NaN` and `Infinity`, which Python adds, with numbers kept as
/// they were written, because seeds go up to 2^64, and with the keys in their order.
indirect enum LooseJSON: Equatable, Sendable {
    case object([(key: String, value: LooseJSON)])
    case array([LooseJSON])
    case string(String)
    /// A number as it was written.
    case number(String)
    case bool(Bool)
    case null

    /// Nested deeper than any graph of nodes, and far from the end of a stack.
    static let deepest = 64

    /// Reads a text that is one value and nothing else.
    ///
    /// Anything else gives `nil`, and so do values that are nested too deep.
    ///
    /// - Parameter text: The text.
    init?(_ text: String) {
        var parser = LooseJSONParser(text)
        guard let value = parser.value(depth: 0), parser.isAtEnd else { return nil }
        self = value
    }

    /// A member of an object: the first of that name.
    subscript(_ key: String) -> LooseJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The members of an object, none for anything else.
    var members: [(key: String, value: LooseJSON)] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of an array, none for anything else.
    var elements: [LooseJSON] { if case .array(let elements) = self { elements } else { [] } }

    /// The text of a string.
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A string's text, a number as it was written, or a truth value.
    var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .object, .array: nil
        }
    }

    /// The value as a number.
    var double: Double? { scalar.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }

    /// The value as a whole number.
    var integer: Int? { double.flatMap { Int(exactly: $0) } }

    static func == (left: LooseJSON, right: LooseJSON) -> Bool {
        switch (left, right) {
        case (.object(let a), .object(let b)): a.elementsEqual(b) { $0 == $1 }
        case (.array(let a), .array(let b)): a == b
        case (.string(let a), .string(let b)), (.number(let a), .number(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        case (.null, .null): true
        default: false
        }
    }
}
