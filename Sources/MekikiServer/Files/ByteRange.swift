/// Which part of a file a client asks for (RFC 9110, section 14).
enum ByteRange: Sendable, Equatable {
    /// All of it: no range, one that is not understood, or several at once.
    case whole
    /// Positions in the file.
    case part(Range<Int>)
    /// Positions that lie beyond the file's end.
    case unsatisfiable

    /// Reads a `Range` header.
    ///
    /// - Parameters:
    ///   - header: The header; `nil` without one.
    ///   - count: The file's length in bytes.
    init(_ header: String?, of count: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes=") else { return }
        let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].contains(","), !parts[1].contains(",") else { return }
        switch (Self.position(parts[0]), Self.position(parts[1])) {
        case (let first?, let last?):
            guard first <= last else { return }
            self = first < count ? .part(first..<min(last, count - 1) + 1) : .unsatisfiable
        case (let first?, nil):
            guard parts[1].isEmpty else { return }
            self = first < count ? .part(first..<count) : .unsatisfiable
        case (nil, let last?):
            guard parts[0].isEmpty else { return }
            self = last > 0 && count > 0 ? .part(max(0, count - last)..<count) : .unsatisfiable
        case (nil, nil):
            return
        }
    }

    /// A number in plain digits; one that no file has is taken for the largest.
    private static func position(_ text: Substring) -> Int? {
        guard text.isDigits else { return nil }
        // One below the largest, so that adding one can't overflow.
        return min(Int(text) ?? .max, .max - 1)
    }
}
