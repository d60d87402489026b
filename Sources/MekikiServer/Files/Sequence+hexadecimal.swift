extension Sequence<UInt8> {
    /// The bytes as hexadecimal digits, two each, in lower case.
    var hexadecimal: String {
        map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }
}
