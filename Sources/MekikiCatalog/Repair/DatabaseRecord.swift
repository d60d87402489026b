/// A row as SQLite writes it: types first, then the values.
struct DatabaseRecord {
    /// A value of a row.
    enum Value: Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text([UInt8])
        case blob([UInt8])
    }

    let values: [Value]

    /// Reads a record; `nil` when its parts don't add up to its length, which is what damage looks
    /// like.
    ///
    /// - Parameter payload: The record's bytes, all of them.
    init?(_ payload: [UInt8]) {
        guard let (headerSize, first) = payload.variableNumber(at: 0),
            headerSize <= Int64(payload.count), headerSize >= Int64(first)
        else { return nil }
        var place = first
        var body = Int(headerSize)
        var values: [Value] = []
        while place < Int(headerSize) {
            guard let (type, next) = payload.variableNumber(at: place), next <= Int(headerSize),
                let (value, end) = Self.value(of: type, in: payload, at: body)
            else { return nil }
            values.append(value)
            place = next
            body = end
        }
        guard body == payload.count else { return nil }
        self.values = values
    }

    private static func value(
        of type: Int64,
        in bytes: [UInt8],
        at start: Int
    ) -> (Value, end: Int)? {
        func integer(_ count: Int) -> (Value, end: Int)? {
            guard start + count <= bytes.count else { return nil }
            var number = Int64(Int8(bitPattern: bytes[start]))
            for byte in bytes[start + 1..<start + count] { number = number << 8 | Int64(byte) }
            return (.integer(number), start + count)
        }
        switch type {
        case 0: return (.null, start)
        case 1, 2, 3, 4: return integer(Int(type))
        case 5: return integer(6)
        case 6: return integer(8)
        case 7:
            guard case .integer(let bits)? = integer(8)?.0 else { return nil }
            return (.real(Double(bitPattern: UInt64(bitPattern: bits))), start + 8)
        case 8, 9: return (.integer(type - 8), start)
        case 12...:
            let count = Int((type - 12) / 2)
            guard count <= bytes.count - start else { return nil }
            let content = Array(bytes[start..<start + count])
            return (type % 2 == 0 ? .blob(content) : .text(content), start + count)
        default: return nil
        }
    }
}

extension [UInt8] {
    /// SQLite's variable-length number and where it ends; `nil` beyond the end.
    func variableNumber(at start: Int) -> (Int64, end: Int)? {
        var number: UInt64 = 0
        for index in 0..<9 {
            guard start + index < count else { return nil }
            let byte = self[start + index]
            if index == 8 { return (Int64(bitPattern: number << 8 | UInt64(byte)), start + 9) }
            number = number << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 { return (Int64(bitPattern: number), start + index + 1) }
        }
        return nil
    }
}
