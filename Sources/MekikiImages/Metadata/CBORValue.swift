/// A value of CBOR (RFC 8949), as much of it as declarations need: texts, lists and maps by text keys.
///
/// Everything else is read over. Depth and number of values are bounded, because files come from anywhere.
enum CBORValue {
    case text(String)
    case list([CBORValue])
    case map([(key: String, value: CBORValue)])
    case other

    /// Reads the value at the beginning of some bytes; `nil` for bytes that are none.
    init?(_ bytes: FileBytes) {
        var reading = Reading(bytes: bytes)
        guard let value = reading.value(depth: 0) else { return nil }
        self = value
    }

    /// A map's value under a key.
    subscript(_ key: String) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// A list's values; of anything else, itself alone.
    var elements: [CBORValue] { if case .list(let values) = self { values } else { [self] } }

    /// A text.
    var string: String? { if case .text(let text) = self { text } else { nil } }

    private static let deepest = 32
    private static let mostValues = 100_000

    private struct Reading {
        let bytes: FileBytes
        var offset = 0
        var count = 0

        mutating func value(depth: Int) -> CBORValue? {
            count += 1
            guard depth < CBORValue.deepest, count <= CBORValue.mostValues,
                let head = bytes.byte(at: offset)
            else { return nil }
            offset += 1
            let (major, short) = (head >> 5, head & 0x1F)
            // 31 is a length that isn't told; a special "break" ends it.
            guard let number = short == 31 ? Int.max : argument(short) else { return nil }
            switch major {
            case 0, 1, 7: return .other
            case 2, 3: return string(number, isText: major == 3, depth)
            case 4:
                guard let values = values(number, depth) else { return nil }
                return .list(values)
            case 5:
                guard number == .max || number <= CBORValue.mostValues,
                    let values = values(number == .max ? .max : 2 * number, depth)
                else { return nil }
                let members = stride(from: 0, to: values.count - 1, by: 2).compactMap { place in
                    values[place].string.map { (key: $0, value: values[place + 1]) }
                }
                return .map(members)
            // A tag says what the value behind it means.
            default: return value(depth: depth + 1)
            }
        }

        private mutating func argument(_ short: UInt8) -> Int? {
            guard short >= 24 else { return Int(short) }
            guard short <= 27 else { return nil }
            let size = 1 << Int(short - 24)
            var number = 0
            for _ in 0..<size {
                guard let byte = bytes.byte(at: offset), number < 1 << 54 else { return nil }
                number = number << 8 | Int(byte)
                offset += 1
            }
            return number
        }

        private mutating func string(_ count: Int, isText: Bool, _ depth: Int) -> CBORValue? {
            if count == .max {
                guard let parts = values(.max, depth) else { return nil }
                return isText ? .text(parts.compactMap(\.string).joined()) : .other
            }
            guard let content = bytes.slice(offset, count: count) else { return nil }
            offset += count
            return isText ? .text(String(decoding: content.array, as: UTF8.self)) : .other
        }

        private mutating func values(_ count: Int, _ depth: Int) -> [CBORValue]? {
            var values: [CBORValue] = []
            while values.count < count {
                if count == .max, bytes.byte(at: offset) == 0xFF {
                    offset += 1
                    break
                }
                guard let value = value(depth: depth + 1) else { return nil }
                values.append(value)
            }
            return values
        }
    }
}
