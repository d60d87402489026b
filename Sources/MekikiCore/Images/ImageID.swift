/// The number of an image within its library: small, stable, and what people type after `show`.
///
/// Equal scores are ordered by it, so the same request always gives the same order.
public struct ImageID: RawRepresentable, Hashable, Sendable, Comparable, Codable {
    /// The number, 1 or more.
    public let rawValue: Int64

    /// Wraps a number.
    ///
    /// - Parameter rawValue: The number.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Orders by number, which is the order of arrival.
    public static func < (lhs: ImageID, rhs: ImageID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension ImageID: CustomStringConvertible {
    /// The bare number.
    public var description: String { String(rawValue) }
}
