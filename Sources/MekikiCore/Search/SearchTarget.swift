/// What of an image is compared with a query.
public enum SearchTarget: String, Sendable, Hashable, Codable, CaseIterable {
    /// The picture and all its words.
    case all
    /// The picture alone.
    case image
    /// What was written about it.
    case caption
    /// What it was generated from.
    case prompt
    /// The text in the picture.
    case ocr
}
